package dev.muster.cli;

import dev.muster.api.Event;
import dev.muster.api.Job;
import dev.muster.api.JobSet;
import dev.muster.api.client.EventStream;
import dev.muster.api.client.MusterClient;
import dev.muster.cli.screen.Screen;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Waits until jobs have ended, by their events. */
final class Waiting {
    private final MusterClient client;
    private final Screen screen;

    Waiting(MusterClient client, Screen screen) {
        this.client = client;
        this.screen = screen;
    }

    /** OK where all succeeded. */
    int forEnd(List<Job> jobs) {
        Map<String, Job> open = new LinkedHashMap<>();
        jobs.forEach(job -> open.put(Objects.requireNonNull(job.metadata().id()), job));
        boolean allWell = true;
        // Listening begins before looking, so that no end falls between the two.
        try (EventStream events = client.follow(
                        null, jobs.size() == 1 ? open.keySet().iterator().next() : null, null)
                .open()) {
            for (Job job : List.copyOf(open.values())) {
                allWell &= look(job, open);
            }
            while (!open.isEmpty()) {
                String id = events.next()
                        .map(event -> Objects.requireNonNullElse(event.job(), ""))
                        .orElse("");
                Job job = open.get(id);
                if (job != null) {
                    allWell &= look(job, open);
                }
            }
        }
        return allWell ? ExitCode.OK : ExitCode.JOB_FAILED;
    }

    /** Until no job of the set is open; OK where all of it succeeded. */
    int forEnd(String team, String set) {
        // Listening begins before looking, so that no end falls between the two.
        try (EventStream events = client.followSet(team, set, null).open()) {
            JobSet now = client.jobs().set(team, set);
            long left = open(now);
            while (left > 0) {
                Event event = events.next().orElseThrow(() -> new IllegalStateException("Closed by nobody"));
                // Each that is open will tell its end once: it is not counted anew for every one of a hundred thousand.
                if ("JOB_MOVED".equals(event.type()) && States.isFinal(String.valueOf(event.to())) && --left <= 0) {
                    now = client.jobs().set(team, set);
                    left = open(now);
                }
            }
            screen.note("set/%s %s %s".formatted(set, screen.state(now.status().state()), SetsCommand.counts(now)));
            if (now.status().firstFailure() != null) {
                screen.note("failed first: " + SetsCommand.failure(now.status().firstFailure()));
            }
            return now.status().state().equals("SUCCEEDED") ? ExitCode.OK : ExitCode.JOB_FAILED;
        }
    }

    private static long open(JobSet set) {
        return set.status().jobs().entrySet().stream()
                .filter(entry -> !States.isFinal(entry.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** False where it has ended badly. */
    private boolean look(Job job, Map<String, Job> open) {
        String id = Objects.requireNonNull(job.metadata().id());
        Job now = client.jobs().get(Objects.requireNonNull(job.metadata().team()), id);
        if (!States.isFinal(States.of(now))) {
            return true;
        }
        open.remove(id);
        screen.note("job/%s %s %s".formatted(now.metadata().name(), id, screen.state(States.of(now))));
        return States.of(now).equals("SUCCEEDED");
    }
}
