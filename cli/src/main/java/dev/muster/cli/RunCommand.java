package dev.muster.cli;

import dev.muster.api.Job;
import dev.muster.api.client.Jobs;
import dev.muster.api.client.MusterClient;
import dev.muster.cli.screen.Colour;
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
            "Without --image it runs as a process of this machine, in a pool that allows that (the demo has one)."
        },
        footer = {
            "  muster run -- sh -c 'for i in 1 2 3; do echo $i; sleep 1; done'",
            "  muster run --count 4 -- sh -c 'echo I am $MUSTER_INDEX of 4'   a gang: all four at once or none",
            "  muster run --cpu 2 --memory 1Gi --env GREETING=hello -- sh -c 'echo $GREETING'",
            "  muster run --detach -- ./long.sh                              do not wait; see 'muster logs'"
        })
final class RunCommand extends Verb {
    @Parameters(arity = "1..*", paramLabel = "CMD", description = "The command and its arguments, after --.")
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
            defaultValue = "256Mi",
            description = "Of each pod (default ${DEFAULT-VALUE}).")
    private String memory = "256Mi";

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

    @Option(names = "--max-run-time", paramLabel = "TIME", description = "End it after so long, such as 10m.")
    private @Nullable String maxRunTime;

    @Option(
            names = {"-d", "--detach"},
            description = "Print the id and do not wait.")
    private boolean detach;

    @Override
    public Integer call() {
        if (count < 1) {
            throw new BadInput("Bad --count %d: expected 1 or more".formatted(count));
        }
        MusterClient client = patientClient();
        String of = Teams.of(team, muster().environment(), client);
        LocalRun run = new LocalRun(command, name, queue, priority, resources(), count, environment, image, maxRunTime);
        Job job = client.jobs().submit(of, run.job(client), Jobs.newKey(), false);
        if (detach) {
            screen().print(JobFinder.id(job));
            return ExitCode.OK;
        }
        screen().note(screen().paint(
                        Colour.DIM, "job/%s %s".formatted(job.metadata().name(), JobFinder.id(job))));
        return new Attended(client, screen(), job, count).run();
    }

    private Map<String, String> resources() {
        Map<String, String> resources = new TreeMap<>(Map.of("cpu", cpu, "memory", memory));
        if (gpu != null) {
            resources.put("nvidia.com/gpu", gpu);
        }
        return resources;
    }
}
