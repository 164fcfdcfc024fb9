package dev.muster.cli.demo;

import dev.muster.api.Job;
import dev.muster.api.Team;
import dev.muster.api.client.JobQuery;
import dev.muster.api.client.MusterClient;
import dev.muster.api.client.ProblemException;
import dev.muster.api.client.Unreachable;
import dev.muster.cli.BadInput;
import dev.muster.cli.ExitCode;
import dev.muster.cli.States;
import dev.muster.cli.local.LocalService;
import dev.muster.cli.screen.Live;
import dev.muster.cli.screen.Screen;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Keeps the demo going: its load, its status line, until its end. */
public final class Demo {
    private static final Duration BEAT = Duration.ofMillis(500);
    /** So many beats between two more jobs. */
    private static final int BEATS_BETWEEN_JOBS = 6;

    private final LocalService service;
    private final MusterClient client;
    private final Screen screen;
    private final Load load;

    public Demo(LocalService service, List<Job> samples, Screen screen) {
        this.service = service;
        this.client = service.client();
        this.screen = screen;
        this.load = new Load(client, samples);
    }

    /** Until the process ends, or with {@code once} until the first load is done. */
    public int run(boolean once) {
        try (Watch watch = new Watch(screen, client)) {
            load.first();
            for (int beat = 1; ; beat++) {
                Live.pause(BEAT);
                if (!service.isAlive()) {
                    throw new BadInput("The service ended by itself", service.lastWords());
                }
                beat(watch, beat, once);
                if (once && unfinishedHere() == 0) {
                    break;
                }
            }
        }
        return ExitCode.OK;
    }

    private void beat(Watch watch, int beat, boolean once) {
        try {
            List<Team> teams = client.teams().all();
            watch.status(StatusLine.of(client.pools().all(), teams, screen));
            if (!once && beat % BEATS_BETWEEN_JOBS == 0) {
                load.more(unfinished(StatusLine.states(teams)));
            }
        } catch (ProblemException | Unreachable e) {
            // A moment without an answer is part of the show; the next beat asks again.
            watch.status("… " + e.getMessage());
        }
    }

    private int unfinishedHere() {
        return (int) client.jobs().find(JobQuery.all(), 1_000).stream()
                .filter(job -> load.submitted().contains(job.metadata().id()))
                .filter(job ->
                        job.status() != null && !States.isFinal(job.status().state()))
                .count();
    }

    private static int unfinished(Map<String, Integer> states) {
        return states.entrySet().stream()
                .filter(entry -> !States.isFinal(entry.getKey()))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }
}
