package dev.muster.cli;

import dev.muster.api.Job;
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
