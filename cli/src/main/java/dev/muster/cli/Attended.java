package dev.muster.cli;

import dev.muster.api.Attempt;
import dev.muster.api.Job;
import dev.muster.api.JobStatus;
import dev.muster.api.Outcome;
import dev.muster.api.client.LogQuery;
import dev.muster.api.client.MusterClient;
import dev.muster.api.client.ProblemException;
import dev.muster.api.client.Unreachable;
import dev.muster.cli.screen.Colour;
import dev.muster.cli.screen.Screen;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A job that somebody waits for in front of the terminal: the output of {@code count} pods of a role comes through, and it ends when he leaves. */
final class Attended {
    /** How long a Ctrl-C waits for the service to take note. */
    private static final long LEAVING_SECONDS = 10;

    private final MusterClient client;
    private final Screen screen;
    private final Job job;
    private final String role;
    private final int count;
    private final CountDownLatch left = new CountDownLatch(1);
    private volatile boolean over;

    Attended(MusterClient client, Screen screen, Job job, String role, int count) {
        this.role = role;
        this.client = client;
        this.screen = screen;
        this.job = job;
        this.count = count;
    }

    /** The exit code: the command's own where it had one. */
    int run() {
        Thread goodbye = new Thread(this::leave, "cancel-on-interrupt");
        Runtime.getRuntime().addShutdownHook(goodbye);
        try {
            Job ended = follow();
            over = true;
            return exitCode(ended);
        } finally {
            over = true;
            left.countDown();
            try {
                Runtime.getRuntime().removeShutdownHook(goodbye);
            } catch (IllegalStateException e) {
                // Already on the way out; the hook sees that there is nothing left to cancel.
            }
        }
    }

    /** Through all its attempts, if it is retried. */
    private Job follow() {
        Follower follower = new Follower(client, screen);
        int shown = 0;
        while (true) {
            int last = shown;
            Job now = follower.untilAttempt(job, last + 1);
            Integer attempt = now.status() == null ? null : now.status().attempt();
            if (attempt == null || attempt <= last) {
                return now;
            }
            if (last > 0) {
                screen.note("attempt %d".formatted(attempt));
            }
            output(attempt);
            shown = attempt;
            Job after = follower.untilAttemptEnded(job, attempt);
            if (States.isFinal(States.of(after))) {
                return after;
            }
        }
    }

    private void output(int attempt) {
        List<Thread> readers = new ArrayList<>();
        for (int index = 1; index < count; index++) {
            int pod = index;
            Thread reader = new Thread(() -> copy(attempt, pod), "output-" + pod);
            reader.setDaemon(true);
            reader.start();
            readers.add(reader);
        }
        copy(attempt, 0);
        for (Thread reader : readers) {
            try {
                reader.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void copy(int attempt, int index) {
        OutputStream out = count == 1 ? screen.foreign() : new Prefixed(screen.foreign(), prefix(index));
        try {
            client.logs().follow(new LogQuery(JobFinder.team(job), JobFinder.id(job), role, index, attempt, 0), out);
            if (out instanceof Prefixed prefixed) {
                prefixed.close();
            }
        } catch (ProblemException | Unreachable | java.io.IOException e) {
            if (!over) {
                screen.note("output of pod %d: %s".formatted(index, e.getMessage()));
            }
        }
    }

    private String prefix(int index) {
        List<Colour> colours = List.of(Colour.CYAN, Colour.GREEN, Colour.YELLOW, Colour.MAGENTA, Colour.BLUE);
        return screen.paint(colours.get(index % colours.size()), "[" + index + "] ");
    }

    private int exitCode(Job ended) {
        JobStatus status = Objects.requireNonNull(ended.status());
        if (!status.state().equals("SUCCEEDED")) {
            String why = Lines.why(ended);
            screen.note("job/%s %s%s"
                    .formatted(ended.metadata().name(), screen.state(status.state()), why.isEmpty() ? "" : ": " + why));
        }
        return switch (status.state()) {
            case "SUCCEEDED" -> ExitCode.OK;
            case "CANCELLED" -> ExitCode.INTERRUPTED;
            default -> failed(status);
        };
    }

    private int failed(JobStatus status) {
        Integer own = ownCode(status.outcome());
        if (own == null && status.attempt() != null) {
            Attempt last = client.jobs().attempt(JobFinder.team(job), JobFinder.id(job), status.attempt());
            own = ownCode(last.outcome());
        }
        return own == null || own == 0 ? ExitCode.JOB_FAILED : own & 0xff;
    }

    private static @Nullable Integer ownCode(@Nullable Outcome outcome) {
        return outcome == null ? null : outcome.exitCode();
    }

    /** On Ctrl-C: what was started for him is ended for him. */
    private void leave() {
        if (over) {
            return;
        }
        over = true;
        screen.note("");
        screen.note("cancelling job/" + job.metadata().name());
        try {
            client.jobs().cancel(JobFinder.team(job), JobFinder.id(job));
        } catch (ProblemException | Unreachable e) {
            screen.note("could not cancel it: %s\n  muster cancel %s".formatted(e.getMessage(), JobFinder.id(job)));
        }
        try {
            left.await(LEAVING_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
