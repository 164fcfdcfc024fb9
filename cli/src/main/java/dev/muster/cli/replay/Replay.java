package dev.muster.cli.replay;

import dev.muster.api.Job;
import dev.muster.api.Page;
import dev.muster.api.Team;
import dev.muster.api.client.JobQuery;
import dev.muster.api.client.MusterClient;
import dev.muster.cli.BadInput;
import dev.muster.cli.screen.Live;
import dev.muster.cli.screen.Span;
import dev.muster.cli.trace.Defect;
import dev.muster.cli.trace.Format;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** One trace through one service: submit everything, let the clock run, read what became of it. */
public final class Replay {
    /** Everything is submitted before the first job may start, so that the figures do not depend on how fast that goes. */
    private static final Duration HEAD_START = Duration.ofHours(1);

    private static final Duration BEAT = Duration.ofMillis(200);
    private static final int PAGE = 500;

    private final MusterClient client;
    private final String team;
    private final @Nullable String queue;
    private final Format format;
    private final String label = UUID.randomUUID().toString();
    private final Tally tally = new Tally();
    private final Consumer<String> progress;

    public Replay(MusterClient client, String team, @Nullable String queue, Format format, Consumer<String> progress) {
        this.client = client;
        this.team = team;
        this.queue = queue;
        this.format = format;
        this.progress = progress;
    }

    /** On the virtual clock, as fast as the service can. */
    public Report virtual(Path file) {
        Pace pace = new Pace(client.clock().now().plus(HEAD_START), 1);
        submit(file, pace);
        client.runClock(null);
        while (!client.clock().idle()) {
            progress.accept(counts(pace));
            pause();
        }
        return report(file, true);
    }

    /** On the real clock, {@code speed} times faster than recorded. */
    public Report live(Path file, double speed) {
        Pace pace = new Pace(Instant.now().plusSeconds(2), speed);
        submit(file, pace);
        while (unfinished() > 0) {
            progress.accept(counts(pace));
            pause();
        }
        return report(file, false);
    }

    private void submit(Path file, Pace pace) {
        Submitter submitter = new Submitter(
                client.jobs(),
                team,
                queue,
                label,
                format.resource(),
                pace,
                tally,
                () -> progress.accept("%,d jobs submitted".formatted(tally.accepted())));
        try (InputStream in = open(file)) {
            format.reader().read(in, submitter);
        } catch (EOFException e) {
            tally.defect(new Defect(0, Defect.Kind.TORN, "the compressed file stops before its end"));
        } catch (NoSuchFileException e) {
            throw new BadInput("There is no file " + file);
        } catch (IOException e) {
            throw new BadInput("Cannot read %s: %s".formatted(file, e.getMessage()));
        }
        submitter.flush();
        if (tally.accepted() == 0) {
            throw new BadInput(
                    "No job of %s can be replayed: %d defective, %d refused"
                            .formatted(file, tally.defects(), tally.refusals().size()),
                    hints());
        }
    }

    /** Why nothing is left: the defects by kind, and the first refusal. */
    private String[] hints() {
        List<String> hints = new ArrayList<>(tally.sentences());
        tally.refusals().stream()
                .limit(1)
                .map(refusal -> "line %d: %s".formatted(refusal.line(), refusal.why()))
                .forEach(hints::add);
        return hints.isEmpty() ? new String[] {"The file is empty."} : hints.toArray(String[]::new);
    }

    private static InputStream open(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new BadInput(file + " is a directory: expected a trace");
        }
        InputStream in = Files.newInputStream(file);
        return file.toString().endsWith(".gz") ? new GZIPInputStream(in, 1 << 16) : in;
    }

    private Report report(Path file, boolean withWaits) {
        Figures figures = new Figures();
        String token = null;
        JobQuery mine = new JobQuery(team, "label." + Submitter.LABEL + "=" + label, null, PAGE);
        do {
            Page<Job> page = client.jobs().page(mine, token);
            page.items().forEach(figures::add);
            token = page.nextPageToken();
            progress.accept("%,d jobs read back".formatted(figures.jobs()));
        } while (token != null);
        Capacity capacity = Capacity.of(client.pools().all(), format.resource());
        return Report.of(String.valueOf(file.getFileName()), capacity, tally, figures, withWaits);
    }

    private int unfinished() {
        Map<String, Integer> states = states();
        int over = count(states, "SUCCEEDED")
                + count(states, "FAILED")
                + count(states, "CANCELLED")
                + count(states, "EXPIRED");
        return states.values().stream().mapToInt(Integer::intValue).sum() - over;
    }

    private String counts(Pace pace) {
        Map<String, Integer> states = states();
        return "%s into the trace · %,d waiting · %,d running · %,d done · %,d failed"
                .formatted(
                        Span.of(pace.into(client.clock().now())),
                        count(states, "QUEUED"),
                        count(states, "RUNNING") + count(states, "LAUNCHING"),
                        count(states, "SUCCEEDED"),
                        count(states, "FAILED"));
    }

    private Map<String, Integer> states() {
        Team now = client.teams().get(team);
        return now.status() == null ? Map.of() : now.status().jobsByState();
    }

    private static int count(Map<String, Integer> states, String state) {
        return states.getOrDefault(state, 0);
    }

    private static void pause() {
        Live.pause(BEAT);
    }
}
