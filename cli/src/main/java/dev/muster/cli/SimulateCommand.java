package dev.muster.cli;

import dev.muster.cli.screen.Print;
import dev.muster.cli.screen.Progress;
import dev.muster.cli.simulate.ClusterFile;
import dev.muster.cli.simulate.Figures;
import dev.muster.cli.simulate.LoadFile;
import dev.muster.cli.simulate.PolicyChoice;
import dev.muster.cli.simulate.RecordedLoad;
import dev.muster.cli.simulate.RecordingFile;
import dev.muster.cli.simulate.TraceLoad;
import dev.muster.cli.trace.Format;
import dev.muster.quota.plan.PlanSettings;
import dev.muster.simulation.experiment.Broken;
import dev.muster.simulation.experiment.Experiment;
import dev.muster.simulation.experiment.PolicySpec;
import dev.muster.simulation.load.Load;
import dev.muster.simulation.measure.Outcome;
import dev.muster.simulation.report.Csv;
import dev.muster.simulation.report.Html;
import dev.muster.simulation.site.SiteSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Policies side by side in a simulated cluster. */
@Command(
        name = "simulate",
        description = {
            "Simulates a cluster with its autoscaler and spot market, event by event, and compares policies on the",
            "same jobs and the same bad luck (docs/simulate.md). No service is needed; the same seed gives the same figures.",
            "",
            "Exit codes: 0 done; 1 a law of the simulation was broken; 2 a file is wrong: line, column, and what was",
            "  expected; 130 interrupted: what was done until then is kept."
        },
        footer = {
            "  muster simulate --cluster c.yaml --workload w.yaml --policy muster --policy kube-scheduler",
            "  muster simulate --cluster c.yaml --workload w.yaml --policy muster --policy mine.yaml --seeds 20 --out result",
            "  muster record > week.ndjson && muster simulate --workload week.ndjson --policy recorded --policy mine.yaml"
        })
final class SimulateCommand extends Verb {
    @Option(
            names = "--cluster",
            paramLabel = "FILE",
            description = "Pools, offerings, autoscaler; where it is absent, the cluster of the recording.")
    private @Nullable Path cluster;

    @Option(
            names = "--workload",
            paramLabel = "FILE",
            required = true,
            description = "What arrives; or a recording: .swf, .csv (muri), .ndjson (muster record), .gz.")
    private Path load = Path.of("");

    @Option(
            names = "--policy",
            paramLabel = "POLICY",
            required = true,
            description = {
                "A file, or muster, kube-scheduler, kube-scheduler-sums, volcano, volcano-sums, volcano-enqueue, fcfs, easy; recorded: the policy",
                "that was in force when 'muster record' recorded; several: side by side."
            })
    private List<String> policies = new ArrayList<>();

    @Option(
            names = "--seeds",
            paramLabel = "N",
            defaultValue = "5",
            description = "How many times, each with other luck (1 to 10000; default ${DEFAULT-VALUE}).")
    private int seeds = 5;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where report.html, figures.csv and series.csv are written.")
    private @Nullable Path out;

    @Override
    public Integer call() {
        if (seeds < 1 || seeds > 10_000) {
            throw new BadInput("Bad --seeds %d: expected 1 to 10000".formatted(seeds));
        }
        RecordedLoad recorded = RecordingFile.is(load) ? RecordedLoad.read(load) : null;
        SiteSpec site = site(recorded);
        Load arriving = recorded == null ? arriving(site) : recorded;
        if (recorded != null) {
            recorded.remarks().forEach(screen()::note);
        }
        Experiment experiment =
                new Experiment(site, arriving, chosen(recorded == null ? null : recorded.policy()), seeds);
        makeRoom();
        AtomicBoolean stopped = new AtomicBoolean();
        CountDownLatch written = new CountDownLatch(1);
        Thread interrupted = new Thread(() -> {
            stopped.set(true);
            await(written);
        });
        Runtime.getRuntime().addShutdownHook(interrupted);
        try (Progress progress = new Progress(screen())) {
            experiment.run(progress::say, stopped::get);
            progress.lift();
            show(experiment);
        } catch (Broken broken) {
            broken.log().forEach(line -> screen().err().println("  " + line));
            screen().err().println("A law was broken: " + broken.getMessage());
            return ExitCode.JOB_FAILED;
        } finally {
            written.countDown();
        }
        if (stopped.get()) {
            return ExitCode.INTERRUPTED;
        }
        Runtime.getRuntime().removeShutdownHook(interrupted);
        return ExitCode.OK;
    }

    private SiteSpec site(@Nullable RecordedLoad recorded) {
        if (cluster != null) {
            return ClusterFile.read(cluster);
        }
        if (recorded == null) {
            throw new BadInput(
                    "There is no --cluster",
                    "Expected one, or a --workload that was made by 'muster record' (.ndjson).");
        }
        return recorded.site();
    }

    /** By the file's name: a recording, else what is drawn by lot. */
    private Load arriving(SiteSpec site) {
        Optional<Format> format = TraceLoad.format(load);
        if (format.isEmpty()) {
            return LoadFile.read(load, site);
        }
        TraceLoad recorded = TraceLoad.read(load, format.get());
        recorded.remarks().forEach(screen()::note);
        return recorded;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<PolicySpec> chosen(@Nullable PlanSettings recorded) {
        List<PolicySpec> chosen =
                policies.stream().map(name -> PolicyChoice.of(name, recorded)).toList();
        Set<String> names = new HashSet<>();
        for (PolicySpec policy : chosen) {
            if (!names.add(policy.name())) {
                throw new BadInput(
                        "Two policies are called '%s'".formatted(policy.name()), "Give one of them another name.");
            }
        }
        return chosen;
    }

    private void makeRoom() {
        if (out != null) {
            try {
                Files.createDirectories(out);
            } catch (IOException e) {
                throw new BadInput("Cannot make the directory %s: %s".formatted(out, e.getMessage()));
            }
        }
    }

    private void show(Experiment experiment) {
        List<Outcome> outcomes = experiment.outcomes();
        if (!experiment.tooLarge().isEmpty()) {
            screen().note("%d jobs are larger than the cluster and were left out: %s"
                    .formatted(
                            experiment.tooLarge().size(),
                            String.join(
                                    ", ",
                                    experiment
                                            .tooLarge()
                                            .subList(
                                                    0,
                                                    Math.min(
                                                            10,
                                                            experiment
                                                                    .tooLarge()
                                                                    .size())))));
        }
        if (forPeople()) {
            Figures.print(experiment, screen());
        } else {
            Print.one(screen(), outcomes);
        }
        if (out != null) {
            write(out.resolve("report.html"), Html.page(title(), experiment));
            write(out.resolve("figures.csv"), Csv.figures(outcomes));
            write(out.resolve("series.csv"), Csv.series(outcomes));
            screen().note("written to " + out);
        }
    }

    private String title() {
        return "%s on %s".formatted(load.getFileName(), cluster == null ? "its own cluster" : cluster.getFileName());
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new BadInput("Cannot write %s: %s".formatted(file, e.getMessage()));
        }
    }
}
