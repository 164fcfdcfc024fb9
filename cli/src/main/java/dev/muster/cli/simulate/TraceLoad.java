package dev.muster.cli.simulate;

import dev.muster.cli.BadInput;
import dev.muster.cli.trace.Defect;
import dev.muster.cli.trace.Format;
import dev.muster.cli.trace.Sink;
import dev.muster.cli.trace.TraceJob;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.resource.Resources;
import dev.muster.simulation.load.Load;
import dev.muster.simulation.load.LoadJob;
import dev.muster.simulation.load.LoadRole;
import dev.muster.simulation.load.Stage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/**
 * A recording as what arrives: the same for every seed. Each job is a gang of pods of one processor (swf: 1 cpu, muri: 1 GPU) that
 * runs as recorded, and everybody is told how long. Jobs that stand out of the order of time are put where they belong, and named.
 */
public final class TraceLoad implements Load {
    private static final int NAMED = 3;

    private final List<LoadJob> jobs = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();
    private final List<Defect> defects = new ArrayList<>();
    private final List<Long> backwards = new ArrayList<>();
    private long latest;

    private TraceLoad() {}

    /** Empty where the file's name is not one of a trace. */
    public static Optional<Format> format(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT).replaceAll("\\.gz$", "");
        return name.endsWith(".swf")
                ? Optional.of(Format.SWF)
                : name.endsWith(".csv") ? Optional.of(Format.MURI) : Optional.empty();
    }

    /** @throws BadInput where it cannot be read or holds no job */
    public static TraceLoad read(Path file, Format format) {
        TraceLoad load = new TraceLoad();
        try (InputStream plain = Files.newInputStream(file);
                InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(plain, 1 << 16) : plain) {
            format.reader().read(in, load.sink(format));
        } catch (IOException e) {
            throw new BadInput("%s: cannot be read: %s".formatted(file, e.getMessage()));
        }
        load.remark(file);
        if (load.jobs.isEmpty()) {
            throw new BadInput(
                    "%s holds no job that can be simulated".formatted(file), load.remarks.toArray(String[]::new));
        }
        load.jobs.sort(Comparator.comparingLong(LoadJob::arrival).thenComparing(LoadJob::id));
        return load;
    }

    private Sink sink(Format format) {
        return new Sink() {
            @Override
            public void job(TraceJob job) {
                long arrival = job.arrival().toMillis();
                if (arrival < latest) {
                    backwards.add(job.line());
                }
                latest = Math.max(latest, arrival);
                jobs.add(load(job, format));
            }

            @Override
            public void defect(Defect defect) {
                defects.add(defect);
            }
        };
    }

    private static LoadJob load(TraceJob job, Format format) {
        long amount = format.resource().equals(Resources.CPU) ? 1_000 : 1;
        long runs = Math.max(1, job.runTime().toMillis());
        return new LoadJob(
                new JobId("line-%09d".formatted(job.line())),
                new QueueName("trace"),
                2,
                false,
                job.arrival().toMillis(),
                List.of(new LoadRole(
                        new RoleName("worker"),
                        job.pods(),
                        job.pods(),
                        Resources.of(format.resource(), amount),
                        Set.of())),
                List.of(new Stage(job.pods(), job.pods() * (runs / 1000.0))),
                runs,
                0,
                3,
                0,
                0);
    }

    private void remark(Path file) {
        if (!backwards.isEmpty()) {
            remarks.add("%s: the clock goes backwards %d times, first in %s: those jobs are put where they belong"
                    .formatted(
                            file,
                            backwards.size(),
                            String.join(
                                    ", ",
                                    backwards.stream()
                                            .limit(NAMED)
                                            .map(line -> "line " + line)
                                            .toList())));
        }
        if (!defects.isEmpty()) {
            remarks.add("%s: %d records are left out, first line %d: %s, %s"
                    .formatted(
                            file,
                            defects.size(),
                            defects.get(0).line(),
                            defects.get(0).kind().words(),
                            defects.get(0).detail()));
        }
    }

    /** What is to be said of the file. */
    public List<String> remarks() {
        return List.copyOf(remarks);
    }

    @Override
    public List<LoadJob> jobs(long seed) {
        return jobs;
    }

    /** Long after the last arrival; a run ends before where all are over. */
    @Override
    public long until(List<LoadJob> left) {
        long work = 0;
        for (LoadJob job : left) {
            work = Math.max(work, job.estimate() == null ? 0 : job.estimate());
        }
        return latest + 2 * work + 86_400_000;
    }
}
