package dev.muster.cli;

import dev.muster.api.InteractiveSpec;
import dev.muster.api.Job;
import dev.muster.api.Session;
import dev.muster.api.client.EventStream;
import dev.muster.api.client.JobQuery;
import dev.muster.api.client.Jobs;
import dev.muster.api.client.MusterClient;
import dev.muster.cli.screen.Print;
import dev.muster.cli.screen.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Jobs that a person uses through a port. */
@Command(
        name = "session",
        description = {
            "Starts, lists, opens and ends sessions: jobs that you use through a port, such as notebooks.",
            "Only who started one gets in. It ends by itself when nobody uses it."
        },
        footer = {
            "  muster session                              yours that have not ended",
            "  muster session start --image example/notebook:7 --path /lab --keep-path -- sh -c 'exec jupyter lab …'",
            "  muster session start -- sh -c 'exec python3 -m http.server $MUSTER_PAGE_PORT'   a process of this machine",
            "  muster session open notebook                prints its address; --browser opens it",
            "  muster session stop notebook"
        })
final class SessionCommand extends Verb {
    private static final String STARTED = "RUNNING";

    @Override
    public Integer call() {
        return list(JobQuery.ALL_TEAMS, false, 50);
    }

    @Command(
            name = "start",
            mixinStandardHelpOptions = true,
            description = "Starts a command that serves a page, waits until it runs and prints the page's address.")
    int start(
            @Parameters(arity = "1..*", paramLabel = "CMD", description = "The command and its arguments, after --.")
                    List<String> command,
            @Option(
                            names = "--team",
                            paramLabel = "TEAM",
                            description = "Whose it is (default MUSTER_TEAM, the only team, or 'default').")
                    @Nullable
                    String team,
            @Option(names = "--queue", paramLabel = "QUEUE", description = "Where it queues (default the team's).")
                    @Nullable
                    String queue,
            @Option(
                            names = "--priority",
                            paramLabel = "CLASS",
                            description = "Its priority class (default the team's).")
                    @Nullable
                    String priority,
            @Option(names = "--name", paramLabel = "NAME", description = "Its name (default made from the command).")
                    @Nullable
                    String name,
            @Option(
                            names = "--cpu",
                            paramLabel = "AMOUNT",
                            defaultValue = "1",
                            description = "Default ${DEFAULT-VALUE}.")
                    String cpu,
            @Option(
                            names = "--memory",
                            paramLabel = "AMOUNT",
                            defaultValue = "1Gi",
                            description = "Default ${DEFAULT-VALUE}.")
                    String memory,
            @Option(names = "--gpu", paramLabel = "N", description = "GPUs.") @Nullable String gpu,
            @Option(
                            names = "--env",
                            paramLabel = "NAME=VALUE",
                            description = "An environment variable; may be repeated.")
                    @Nullable
                    Map<String, String> environment,
            @Option(
                            names = "--image",
                            paramLabel = "IMAGE",
                            description = "Run in this container image, on any pool that fits.")
                    @Nullable
                    String image,
            @Option(
                            names = "--port",
                            paramLabel = "PORT",
                            defaultValue = "8888",
                            description =
                                    "Where it serves its page, also told as MUSTER_PAGE_PORT (default ${DEFAULT-VALUE}).")
                    int port,
            @Option(names = "--path", paramLabel = "PATH", description = "Where its page begins (default /).") @Nullable
                    String path,
            @Option(
                            names = "--keep-path",
                            description =
                                    "It must be told where its addresses begin, as MUSTER_SESSION_PATH, and is asked below that.")
                    boolean keepPath,
            @Option(
                            names = "--idle",
                            paramLabel = "TIME",
                            description = "End it when nobody used it for so long (default 2h).")
                    @Nullable
                    String idle,
            @Option(names = "--max-run-time", paramLabel = "TIME", description = "End it after so long, used or not.")
                    @Nullable
                    String maxRunTime,
            @Option(names = "--browser", description = "Open it in the browser of this machine, too.") boolean browser,
            @Option(
                            names = {"-d", "--detach"},
                            description = "Print the id and do not wait.")
                    boolean detach) {
        MusterClient client = patientClient();
        String of = Teams.of(team, muster().environment(), client);
        Map<String, String> resources = new TreeMap<>(Map.of("cpu", cpu, "memory", memory));
        if (gpu != null) {
            resources.put("nvidia.com/gpu", gpu);
        }
        Program program = new Program(command, null, null, null, List.of(), List.of(), null, 1);
        program.check();
        Job job = new LocalRun(
                        name,
                        queue,
                        priority,
                        resources,
                        1,
                        environment == null ? Map.of() : environment,
                        image,
                        maxRunTime,
                        null,
                        program)
                .job(client, List.of());
        Job session = new Job(
                job.kind(),
                job.metadata(),
                job.spec().used(new InteractiveSpec(port, path, keepPath ? true : null), idle),
                null);
        Job accepted = client.jobs().submit(of, session, Jobs.newKey(), false);
        if (detach) {
            screen().print(JobFinder.id(accepted));
            return ExitCode.OK;
        }
        screen().note("job/%s %s waits for its place; 'muster why %s' says for what"
                .formatted(accepted.metadata().name(), JobFinder.id(accepted), JobFinder.id(accepted)));
        return runs(client, accepted) ? entered(client, accepted, browser) : ExitCode.JOB_FAILED;
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Shows sessions that have not ended, newest first, and why those wait that do.")
    int list(
            @Option(
                            names = "--team",
                            paramLabel = "TEAM",
                            defaultValue = JobQuery.ALL_TEAMS,
                            description = "Of this team only.")
                    String team,
            @Option(names = "--all", description = "Those of others, too.") boolean all,
            @Option(names = "--limit", paramLabel = "N", defaultValue = "50", description = "At most so many.")
                    int limit) {
        if (limit < 1) {
            throw new BadInput("Bad --limit %d: expected 1 or more".formatted(limit));
        }
        List<Session> sessions = client().jobs().sessions(team, !all && forOwn(team), limit);
        if (!forPeople()) {
            Print.all(screen(), sessions);
            return ExitCode.OK;
        }
        if (sessions.isEmpty()) {
            screen().note("No session has not ended. Start one: muster session start -- CMD");
            return ExitCode.OK;
        }
        Table table = new Table("ID", "TEAM", "NAME", "OWNER", "STATE", "USED", "ENDS", "WHY");
        Instant now = client().clock().now();
        for (Session session : sessions) {
            table.row(
                    session.id(),
                    session.team(),
                    session.name(),
                    session.owner(),
                    screen().state(session.state()),
                    session.usedAt() == null ? "-" : ago(Duration.between(session.usedAt(), now)),
                    session.endsAt() == null
                            ? "-"
                            : "in " + span(Duration.between(now, session.endsAt()))
                                    + (Boolean.TRUE.equals(session.idle()) ? " (idle)" : ""),
                    Lines.reason(session.reason()));
        }
        table.print(screen());
        return ExitCode.OK;
    }

    @Command(
            name = "open",
            mixinStandardHelpOptions = true,
            description = {
                "Prints the address of a session of yours, good for a day.",
                "Whoever has that address is you in that session: tell it to nobody."
            })
    int open(
            @Parameters(paramLabel = "SESSION", description = "Its id, the beginning of it, or its name.") String meant,
            @Option(names = "--browser", description = "Open it in the browser of this machine, too.")
                    boolean browser) {
        MusterClient client = client();
        return entered(client, new SessionFinder(client).toOpen(meant, screen()::note), browser);
    }

    @Command(name = "stop", mixinStandardHelpOptions = true, description = "Ends a session.")
    int stop(
            @Parameters(paramLabel = "SESSION", description = "Its id, the beginning of it, or its name.")
                    String meant) {
        MusterClient client = client();
        Job job = new SessionFinder(client).toStop(meant);
        if (job.spec().interactive() == null) {
            throw new BadInput(
                    "'%s' is no session".formatted(meant), "Any job is ended by: muster cancel " + JobFinder.id(job));
        }
        Job ended = client.jobs().cancel(JobFinder.team(job), JobFinder.id(job));
        if (!forPeople()) {
            Print.one(screen(), ended);
            return ExitCode.OK;
        }
        screen().print("job/%s %s %s".formatted(ended.metadata().name(), JobFinder.id(ended), States.of(ended)));
        return ExitCode.OK;
    }

    private static boolean forOwn(String team) {
        return team.equals(JobQuery.ALL_TEAMS);
    }

    /** False where it has ended before anybody could use it. */
    private boolean runs(MusterClient client, Job job) {
        String id = JobFinder.id(job);
        // Listening begins before looking, so that no start falls between the two.
        try (EventStream events = client.follow(null, id, null).open()) {
            while (true) {
                Job now = client.jobs().get(JobFinder.team(job), id);
                String state = States.of(now);
                if (state.equals(STARTED)) {
                    return true;
                }
                if (States.isFinal(state)) {
                    screen().note("job/%s %s %s".formatted(now.metadata().name(), id, screen().state(state)));
                    return false;
                }
                events.next();
            }
        }
    }

    private int entered(MusterClient client, Job job, boolean browser) {
        String path = client.jobs().entrance(JobFinder.team(job), JobFinder.id(job));
        String address = muster().connection().server().resolve(path).toString();
        screen().print(address);
        if (browser && !Browser.opens(address)) {
            screen().note("No browser can be opened from here: open the address yourself.");
        }
        return ExitCode.OK;
    }

    private static String ago(Duration time) {
        return span(time) + " ago";
    }

    private static String span(Duration time) {
        long seconds = Math.max(0, time.toSeconds());
        return seconds < 120
                ? seconds + "s"
                : seconds < 7_200 ? seconds / 60 + "m" : "%dh%02dm".formatted(seconds / 3600, seconds / 60 % 60);
    }
}
