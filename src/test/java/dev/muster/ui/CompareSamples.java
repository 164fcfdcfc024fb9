package dev.muster.ui;

import dev.muster.job.JobState;
import java.util.List;

/** Runs side by side, and priorities as they are used, with hostile names. */
final class CompareSamples {
    private CompareSamples() {}

    static ComparePage three() {
        return new ComparePage(
                Samples.frame("Runs of night", "jobs"),
                List.of(
                        new ComparePage.Run(row(1), "/ui/compare?job=b&job=c"),
                        new ComparePage.Run(row(2), "/ui/compare?job=a&job=c"),
                        new ComparePage.Run(row(3), "/ui/compare?job=a&job=b")),
                List.of(
                        ComparePage.Row.of(
                                "Outcome",
                                List.of(
                                        ComparePage.Cell.of("Succeeded"),
                                        ComparePage.Cell.of("Succeeded"),
                                        ComparePage.Cell.of("Failed: Out of memory"))),
                        ComparePage.Row.of(
                                "Ran",
                                List.of(
                                        new ComparePage.Cell("45 min", 100),
                                        new ComparePage.Cell("12 min", 26.7),
                                        ComparePage.Cell.of("not yet"))),
                        ComparePage.Row.of(
                                "Queue",
                                List.of(
                                        ComparePage.Cell.of("vision"),
                                        ComparePage.Cell.of("vision"),
                                        ComparePage.Cell.of("vision")))),
                List.of(ComparePage.Row.of(
                        "/roles/worker/image",
                        List.of(
                                ComparePage.Cell.of("base:1"),
                                ComparePage.Cell.of(Samples.HOSTILE),
                                ComparePage.Cell.of("")))),
                List.of(new ComparePage.Other(row(4), "/ui/compare?job=a&job=b&job=c&job=d")));
    }

    static ComparePage one() {
        return new ComparePage(
                Samples.frame("Runs of night", "jobs"),
                List.of(new ComparePage.Run(row(1), null)),
                List.of(),
                List.of(),
                List.of());
    }

    private static JobRow row(int number) {
        return JobRow.of(Samples.job(number, Samples.HOSTILE, JobState.SUCCEEDED, null), Samples.NOW);
    }

    static PriorityPage priorities() {
        return new PriorityPage(
                Samples.frame("Priorities", "usage"),
                List.of(
                        new PriorityPage.Choice("by team", "/ui/priorities?by=team&days=7", true),
                        new PriorityPage.Choice("24 hours", "/ui/priorities?by=team&days=1", false)),
                List.of(
                        new PriorityPage.Head("routine", "p1", "120", "3,400"),
                        new PriorityPage.Head("urgent", "p2", "30", "900"),
                        new PriorityPage.Head("exceptional", "p3", "4", "210"),
                        new PriorityPage.Head("rush", "p4", "2", "16.0")),
                List.of(
                        new PriorityPage.Row(
                                Samples.HOSTILE,
                                "/ui/jobs?team=vision",
                                List.of(
                                        new PriorityPage.Cell("120", "3,400", "/ui/jobs?team=vision&priority=routine"),
                                        new PriorityPage.Cell("", "", null),
                                        new PriorityPage.Cell("4", "210", "/ui/jobs?team=vision&priority=exceptional"),
                                        new PriorityPage.Cell("2", "16.0", "/ui/jobs?team=vision&priority=rush")),
                                List.of(
                                        new PriorityPage.Part(0, 80, "p1"),
                                        new PriorityPage.Part(80, 12, "p3"),
                                        new PriorityPage.Part(92, 4, "p4")),
                                "vision: routine 3,400 core-hours in 120 jobs"),
                        new PriorityPage.Row(
                                "speech",
                                "/ui/jobs?team=speech",
                                List.of(
                                        new PriorityPage.Cell("", "", null),
                                        new PriorityPage.Cell("30", "900", "/ui/jobs?team=speech&priority=urgent"),
                                        new PriorityPage.Cell("", "", null),
                                        new PriorityPage.Cell("", "", null)),
                                List.of(new PriorityPage.Part(0, 25, "p2")),
                                "speech: urgent 900 core-hours in 30 jobs")),
                true,
                List.of(new PriorityPage.RushLine(
                        "vision",
                        List.of(
                                new PriorityPage.Count("24 hours", 2, 5, 40),
                                new PriorityPage.Count("24 hours, by you", 2, 2, 100)),
                        new Moment(Samples.NOW.plusSeconds(7_000), Samples.NOW))));
    }

    static PriorityPage unused() {
        return new PriorityPage(
                Samples.frame("Priorities", "usage"), List.of(), List.of(), List.of(), false, List.of());
    }
}
