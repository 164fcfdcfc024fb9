package dev.muster.cli;

import dev.muster.api.Clock;
import dev.muster.api.client.MusterClient;
import dev.muster.cli.connection.Home;
import dev.muster.cli.local.Launch;
import dev.muster.cli.local.LocalService;
import dev.muster.cli.manifest.Manifest;
import dev.muster.cli.manifest.ManifestFiles;
import dev.muster.cli.replay.Replay;
import dev.muster.cli.replay.ReplayCluster;
import dev.muster.cli.replay.Report;
import dev.muster.cli.replay.ReportTable;
import dev.muster.cli.screen.Print;
import dev.muster.cli.screen.Progress;
import dev.muster.cli.screen.Span;
import dev.muster.cli.trace.Format;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A recorded workload through the service. */
@Command(
        name = "replay",
        description = {
            "Replays a recorded workload through a service of its own on a virtual clock: months in a minute.",
            "Each recorded job is a gang of one-processor pods (swf: 1 cpu, muri: 1 GPU) that arrives and runs as recorded.",
            "Ends with a table: jobs, refused and defective records by name, waits, utilisation, makespan.",
            "The cluster is 120 nodes of 2 cpus (swf) or 44 nodes of 8 GPUs (muri) where --cluster names no other."
        },
        footer = {
            "  muster replay hpc2n.swf                             format by the file's name; .gz is read, too",
            "  muster replay trace.csv --format muri -o json       figures for programs",
            "  muster replay hpc2n.swf --cluster bigger.yaml       pools, queues and teams as for 'apply'",
            "  muster replay hpc2n.swf --live --speed 3600         watch it: an hour a second, on the real clock"
        })
final class ReplayCommand extends Verb {
    @Parameters(paramLabel = "FILE", description = "The trace; a name that ends in .gz is unpacked on the way.")
    private Path file = Path.of("");

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "${COMPLETION-CANDIDATES} (default by the file's name).")
    private @Nullable Format format;

    @Option(
            names = "--cluster",
            paramLabel = "FILE",
            description = "YAML of pools, queues and teams instead of the usual cluster.")
    private @Nullable Path cluster;

    @Option(
            names = "--team",
            paramLabel = "TEAM",
            description = "Whose jobs they are (default replay, or the one of --cluster).")
    private @Nullable String team;

    @Option(names = "--queue", paramLabel = "QUEUE", description = "Where they queue (default the team's).")
    private @Nullable String queue;

    @Option(names = "--live", description = "On the real clock, to be watched; no waits are told then.")
    private boolean live;

    @Option(
            names = "--speed",
            paramLabel = "N",
            defaultValue = "60",
            description = "With --live: so many times faster than recorded (default ${DEFAULT-VALUE}).")
    private double speed;

    @Override
    public Integer call() {
        Format read = format == null ? byName(file) : format;
        if (!Files.isReadable(file)) {
            throw new BadInput(
                    "Cannot read the trace " + file + (Files.exists(file) ? ": permission denied" : ": no such file"));
        }
        if (!(speed > 0) || speed > 1_000_000) {
            throw new BadInput("Bad --speed %s: expected more than 0, at most 1000000".formatted(speed));
        }
        List<Manifest> manifests =
                cluster == null ? List.of() : ManifestFiles.read(List.of(cluster.toString()), System.in);
        long began = System.nanoTime();
        Report report = muster().isServerNamed() ? onGiven(read, manifests) : onOwn(read, manifests);
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        if (forPeople()) {
            ReportTable.print(report, screen());
            screen().note("replayed in " + Span.of(took));
        } else {
            Print.one(screen(), report);
        }
        return report.unfinished() > 0 ? ExitCode.JOB_FAILED : ExitCode.OK;
    }

    private Report onOwn(Format read, List<Manifest> manifests) {
        Path jar = Launch.jar(muster().environment());
        Launch launch = Launch.throwAway(jar, Home.of(muster().environment()).directory(), settings());
        try (Progress progress = new Progress(screen());
                LocalService own = LocalService.start(
                        launch, since -> progress.say("starting a service of its own, " + Span.of(since)))) {
            MusterClient client = own.client();
            ReplayCluster made = ReplayCluster.make(client, read, manifests, this::apply);
            return run(client, read, made, progress);
        }
    }

    private Report onGiven(Format read, List<Manifest> manifests) {
        MusterClient client = patientClient();
        Clock clock = client.clock();
        if (!live && !clock.mode().equals("VIRTUAL")) {
            throw new BadInput(
                    "The service at %s has a real clock: a replay would take as long as the trace"
                            .formatted(client.server()),
                    "Leave --server out: a replay starts a service of its own. Or watch it: --live --speed 3600.");
        }
        apply(client, manifests);
        String of = Teams.of(team, muster().environment(), client);
        try (Progress progress = new Progress(screen())) {
            return run(client, read, new ReplayCluster(of, queue), progress);
        }
    }

    private Report run(MusterClient client, Format read, ReplayCluster made, Progress progress) {
        Replay replay = new Replay(
                client, team == null ? made.team() : team, queue == null ? made.queue() : queue, read, progress::say);
        if (live) {
            progress.lift();
            screen().note("watch it: " + client.newUiLink().url());
        }
        return live ? replay.live(file, speed) : replay.virtual(file);
    }

    private void apply(MusterClient client, List<Manifest> manifests) {
        new Application(client, false).resources(manifests, (manifest, what) -> {});
    }

    private Map<String, String> settings() {
        return live ? Map.of() : Map.of("muster.clock", "VIRTUAL");
    }

    private static Format byName(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT).replaceAll("\\.gz$", "");
        if (name.endsWith(".swf")) {
            return Format.SWF;
        }
        if (name.endsWith(".csv")) {
            return Format.MURI;
        }
        throw new BadInput(
                "The name of %s does not tell its format".formatted(file), "Say --format swf or --format muri.");
    }
}
