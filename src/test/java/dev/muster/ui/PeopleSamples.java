package dev.muster.ui;

import java.util.List;
import java.util.Map;

/** Members with their duties, templates with their revisions, and a job's values, with hostile words. */
final class PeopleSamples {
    private static final Moment LATELY = new Moment(Samples.NOW.minusSeconds(90_000), Samples.NOW);

    private PeopleSamples() {}

    static MembersPage members() {
        return new MembersPage(
                Samples.frame("Members", "members"),
                "team/vision",
                "",
                List.of(new MembersPage.Scope("team/vision", 3, true), new MembersPage.Scope("*", 1, false)),
                List.of(
                        member("ana", "SUBMITTER", true),
                        member("service/nightly", "SUBMITTER", true),
                        member("vera", "TEAM_ADMIN", false)),
                true,
                List.of(new MembersPage.Group("Company", "vision-" + Samples.HOSTILE, "SUBMITTER", "team/vision")),
                List.of("VIEWER", "SUBMITTER", "TEAM_ADMIN"),
                new MembersPage.Form(Samples.HOSTILE, "SUBMITTER", "team/vision", Samples.HOSTILE),
                List.of(Samples.HOSTILE));
    }

    static MembersPage nobody() {
        return new MembersPage(
                Samples.frame("Members", "members"),
                "",
                "",
                List.of(),
                List.of(),
                false,
                List.of(),
                List.of(),
                new MembersPage.Form("", "SUBMITTER", "", ""),
                List.of());
    }

    private static MembersPage.Line member(String who, String duty, boolean mayTake) {
        return new MembersPage.Line(who, duty, "team/vision", "quinn", LATELY, Samples.HOSTILE, mayTake);
    }

    static TemplateList templates() {
        return new TemplateList(
                Samples.frame("Templates", "templates"),
                "vision",
                List.of(new TemplateList.Line("vision", "night", Samples.HOSTILE, 12, 3, 7, "ana", LATELY)));
    }

    static TemplateList none() {
        return new TemplateList(Samples.frame("Templates", "templates"), null, List.of());
    }

    static TemplatePage template() {
        QueuePage.Change change = new QueuePage.Change("/priorityClass", "routine", Samples.HOSTILE);
        return new TemplatePage(
                Samples.frame("night", "templates"),
                "vision",
                "night",
                Samples.HOSTILE,
                List.of(
                        new TemplatePage.Field("/priorityClass", "urgent", false),
                        new TemplatePage.Field("/roles/*/image", Samples.HOSTILE, true)),
                List.of(
                        new TemplatePage.Revision(3, "ana", LATELY, List.of(change)),
                        new TemplatePage.Revision(2, "ana", LATELY, List.of()),
                        new TemplatePage.Revision(1, "ana", LATELY, null)),
                true,
                true,
                new TemplatePage.Form("{\"job\": \"" + Samples.HOSTILE + "\"}", "\"3\""),
                List.of(change),
                List.of(Samples.HOSTILE));
    }

    static OriginsPage origins() {
        return new OriginsPage(
                Samples.frame("Where the values come from", "jobs"),
                "01h000000000000000000000aa",
                Samples.HOSTILE,
                "vision",
                Map.of("job", 2L, "template night@3", 1L),
                List.of(
                        new OriginsPage.Line("/roles/w/image", Samples.HOSTILE, "template night@3", "vision"),
                        new OriginsPage.Line("/priorityClass", "routine", "team vision", "vision"),
                        new OriginsPage.Line("/roles/w/count", "3", "job", "vision")));
    }

    static ZonePage zones() {
        return new ZonePage(
                Samples.frame("Time zone", ""),
                "Europe/Berlin",
                List.of(new ZonePage.Group("Europe", List.of(new ZonePage.Zone("Europe/Berlin", "UTC+01:00")))),
                "/ui/jobs?name=" + Samples.HOSTILE);
    }
}
