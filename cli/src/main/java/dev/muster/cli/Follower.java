package dev.muster.cli;

import dev.muster.api.Event;
import dev.muster.api.Job;
import dev.muster.api.client.EventStream;
import dev.muster.api.client.MusterClient;
import dev.muster.cli.screen.Screen;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Follows one job by its events. */
final class Follower {
    private static final Set<String> WITHOUT_ATTEMPT = Set.of("BLOCKED", "QUEUED", "SUSPENDED");

    private final MusterClient client;
    private final Screen screen;

    Follower(MusterClient client, Screen screen) {
        this.client = client;
        this.screen = screen;
    }

    /** Waits until the job runs or has run; empty where it ended without. Says meanwhile why it waits. */
    Optional<Job> untilStarted(Job job) {
        Job now = untilAttempt(job, 1);
        return number(now) >= 1 ? Optional.of(now) : Optional.empty();
    }

    /** Waits until the attempt {@code number} is there, or until the job has ended. */
    Job untilAttempt(Job job, int number) {
        return until(job, now -> number(now) >= number);
    }

    /** Waits until the attempt {@code number} is no longer the one that runs, or until the job has ended. */
    Job untilAttemptEnded(Job job, int number) {
        return until(job, now -> number(now) > number || WITHOUT_ATTEMPT.contains(States.of(now)));
    }

    private static int number(Job job) {
        Integer attempt = job.status() == null ? null : job.status().attempt();
        return attempt == null ? 0 : attempt;
    }

    /** Waits until {@code enough}, or until the job has ended. */
    private Job until(Job job, Predicate<Job> enough) {
        String team = JobFinder.team(job);
        String id = JobFinder.id(job);
        String said = "";
        // Listening begins before looking, so that nothing falls between the two.
        try (EventStream events = client.follow(null, id, null).open()) {
            while (true) {
                Job now = client.jobs().get(team, id);
                if (States.isFinal(States.of(now)) || enough.test(now)) {
                    return now;
                }
                String waits = Lines.why(now);
                if (!waits.isEmpty() && !waits.equals(said) && States.of(now).equals("QUEUED")) {
                    screen.note("waits: " + waits);
                    said = waits;
                }
                Optional<Event> event = events.next();
                if (event.isEmpty()) {
                    return now;
                }
            }
        }
    }
}
