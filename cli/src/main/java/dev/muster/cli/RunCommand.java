package dev.muster.cli;

import dev.muster.api.ArtifactRef;
import dev.muster.api.Job;
import dev.muster.api.client.Jobs;
import dev.muster.api.client.MusterClient;
import dev.muster.cli.screen.Colour;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a command as a job and stays with it. */
@Command(
        name = "run",
        description = {
            "Runs a command as a job, shows its output as it comes and returns its exit code; Ctrl-C cancels it.",
            "Without --image it runs as a process of this machine, in a pool that allows that (the demo has one).",
            "A jar, a Python file and others are uploaded where the service has not got them; the command finds them below $MUSTER_ARTIFACTS."
        },
        footer = {
            "  muster run -- sh -c 'for i in 1 2 3; do echo $i; sleep 1; done'",
            "  muster run --count 4 -- sh -c 'echo I am $MUSTER_INDEX of 4'   a gang: all four at once or none",
            "  muster run --cpu 2 --memory 1Gi --env GREETING=hello -- sh -c 'echo $GREETING'",
            "  muster run --class com.acme.Job --jar target/app.jar --arg 2026-01-31",
            "  muster run --py-file main.py --file data.csv --arg data.csv",
            "  muster run --spark 3.5.6 --image example/spark:3.5.6 --class com.acme.Job --jar target/app.jar --executors 4",
            "  muster run --detach -- ./long.sh                              do not wait; see 'muster logs'"
        })
final class RunCommand extends Verb {
    private static final String POD_MEMORY = "256Mi";

    @Parameters(arity = "0..*", paramLabel = "CMD", description = "The command and its arguments, after --.")
    private List<String> command = List.of();

    @Option(
            names = "--team",
            paramLabel = "TEAM",
            description = "Whose job it is (default MUSTER_TEAM, the only team, or 'default').")
    private @Nullable String team;

    @Option(names = "--queue", paramLabel = "QUEUE", description = "Where it queues (default the team's).")
    private @Nullable String queue;

    @Option(names = "--priority", paramLabel = "CLASS", description = "Its priority class (default the team's).")
    private @Nullable String priority;

    @Option(names = "--name", paramLabel = "NAME", description = "Its name (default made from the command).")
    private @Nullable String name;

    @Option(
            names = "--cpu",
            paramLabel = "AMOUNT",
            defaultValue = "1",
            description = "Of each pod (default ${DEFAULT-VALUE}).")
    private String cpu = "1";

    @Option(
            names = "--memory",
            paramLabel = "AMOUNT",
            description =
                    "Of each pod (default 256Mi); with --spark the heap of driver and executors each (default Spark's 1g), to which Spark adds overhead.")
    private @Nullable String memory;

    @Option(names = "--gpu", paramLabel = "N", description = "GPUs of each pod.")
    private @Nullable String gpu;

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "1",
            description = "So many pods, all at once (default ${DEFAULT-VALUE}).")
    private int count;

    @Option(names = "--env", paramLabel = "NAME=VALUE", description = "An environment variable; may be repeated.")
    private Map<String, String> environment = new TreeMap<>();

    @Option(
            names = "--image",
            paramLabel = "IMAGE",
            description = "Run in this container image, on any pool that fits.")
    private @Nullable String image;

    @Option(names = "--set", paramLabel = "SET", description = "The job set that it belongs to, see 'muster sets'.")
    private @Nullable String set;

    @Option(names = "--max-run-time", paramLabel = "TIME", description = "End it after so long, such as 10m.")
    private @Nullable String maxRunTime;

    @Option(names = "--jar", paramLabel = "FILE", description = "Run this jar: its own main class, or --class.")
    private @Nullable Path jar;

    @Option(names = "--class", paramLabel = "CLASS", description = "The main class in the jar.")
    private @Nullable String mainClass;

    @Option(names = "--py-file", paramLabel = "FILE", description = "Run this Python file.")
    private @Nullable Path pyFile;

    @Option(names = "--file", paramLabel = "FILE", description = "A file that goes along; may be repeated.")
    private List<Path> files = List.of();

    @Option(
            names = "--arg",
            paramLabel = "TEXT",
            description = "An argument of the jar or Python file; may be repeated.")
    private List<String> arguments = List.of();

    @Option(
            names = "--spark",
            paramLabel = "VERSION",
            description = "Run jar or Python file as a Spark application of this version.")
    private @Nullable String spark;

    @Option(
            names = "--executors",
            paramLabel = "N",
            defaultValue = "1",
            description = "Spark's executors (default ${DEFAULT-VALUE}).")
    private int executors;

    @Option(
            names = {"-d", "--detach"},
            description = "Print the id and do not wait.")
    private boolean detach;

    @Override
    public Integer call() {
        if (count < 1) {
            throw new BadInput("Bad --count %d: expected 1 or more".formatted(count));
        }
        if (spark != null && gpu != null) {
            throw new BadInput(
                    "--gpu is not for --spark: which of driver and executors have GPUs is said in a file",
                    "See examples/spark-etl.yaml, and 'muster submit -f'.");
        }
        Program program = new Program(command, jar, mainClass, pyFile, files, arguments, spark, executors);
        program.check();
        MusterClient client = patientClient();
        String of = Teams.of(team, muster().environment(), client);
        LocalRun run =
                new LocalRun(name, queue, priority, resources(), count, environment, image, maxRunTime, set, program);
        Job job = client.jobs().submit(of, run.job(client, sent(client, of, program)), Jobs.newKey(), false);
        if (detach) {
            screen().print(JobFinder.id(job));
            return ExitCode.OK;
        }
        screen().note(screen().paint(
                        Colour.DIM, "job/%s %s".formatted(job.metadata().name(), JobFinder.id(job))));
        return new Attended(client, screen(), job, program.isSpark() ? Program.DRIVER : LocalRun.ROLE, count).run();
    }

    private List<ArtifactRef> sent(MusterClient client, String of, Program program) {
        List<ArtifactRef> sent = new ArrayList<>();
        for (Path file : program.brought()) {
            try {
                sent.add(client.artifacts(of).send(file, Program.nameOf(file)));
            } catch (IOException e) {
                throw new BadInput("Cannot read %s: %s".formatted(file, e.getMessage()));
            }
        }
        return sent;
    }

    private Map<String, String> resources() {
        Map<String, String> resources = new TreeMap<>(Map.of("cpu", cpu));
        // Of Spark what is not said is Spark's to say.
        if (memory != null || spark == null) {
            resources.put("memory", memory == null ? POD_MEMORY : memory);
        }
        if (gpu != null) {
            resources.put("nvidia.com/gpu", gpu);
        }
        return resources;
    }
}
