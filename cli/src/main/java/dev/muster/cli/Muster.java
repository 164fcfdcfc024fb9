package dev.muster.cli;

import dev.muster.cli.connection.Connection;
import dev.muster.cli.connection.Connections;
import dev.muster.cli.screen.Output;
import dev.muster.cli.screen.Screen;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command itself: what all verbs share. */
@Command(
        name = "muster",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Starts batch jobs whole: submit gangs, see why they wait, watch them run.",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions (before or after the command):%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  muster run -- sh -c 'echo hello'      run a command here and see its output",
            "  muster apply -f examples/             teams, queues, pools and jobs from files",
            "  muster jobs --state QUEUED            what waits",
            "  muster why train                      why it waits, with numbers",
            "  muster logs -f train                  its output as it comes",
            "  muster replay trace.swf --format swf  a recorded workload on the virtual clock",
            "",
            "Exit codes: 0 done; 1 the job failed; 2 wrong command line or file; 3 refused by the service;",
            "  4 service not reachable; 5 a defect of muster; 130 interrupted. 'run' returns the command's own.",
            "The service is found by --server, MUSTER_SERVER, or service.json in MUSTER_HOME (.muster by default)."
        },
        subcommands = {
            ApplyCommand.class,
            SubmitCommand.class,
            RunCommand.class,
            JobsCommand.class,
            JobCommand.class,
            WhyCommand.class,
            PrioCommand.class,
            PrioritiesCommand.class,
            LogsCommand.class,
            EventsCommand.class,
            WaitCommand.class,
            SteerCommand.Suspend.class,
            SteerCommand.Resume.class,
            SteerCommand.Checkpoint.class,
            SteerCommand.Cancel.class,
            SteerCommand.Rerun.class,
            SteerCommand.Change.class,
            SteerCommand.Move.class,
            SteerCommand.Delete.class,
            RequeueCommand.class,
            SchedulesCommand.class,
            ArraysCommand.class,
            SetsCommand.class,
            SessionCommand.class,
            TemplatesCommand.class,
            ArtifactsCommand.class,
            CallbacksCommand.class,
            QueuesCommand.class,
            QuotaCommand.class,
            PoolsCommand.class,
            UsageCommand.class,
            ScalingCommand.class,
            FragmentationCommand.class,
            ConsolidateCommand.class,
            PlanCommand.class,
            SnapshotCommand.class,
            PermitsCommand.class,
            PreemptionsCommand.class,
            LintCommand.class,
            ImportCommand.class,
            VolcanoCommand.class,
            DoctorCommand.class,
            PolicyCommand.class,
            PauseCommand.class,
            UnpauseCommand.class,
            PausesCommand.class,
            TeamsCommand.class,
            LoginCommand.class,
            LogoutCommand.class,
            WhoamiCommand.class,
            GrantsCommand.class,
            TokenCommand.class,
            AccountCommand.class,
            AuditCommand.class,
            ReplayCommand.class,
            SimulateCommand.class,
            RecordCommand.class,
            PlacementCommand.class,
            DemoCommand.class,
            UiCommand.class,
            VersionCommand.class,
            ExplainCommand.class,
            CompletionCommand.class,
        })
public final class Muster implements Callable<Integer> {
    private final Screen screen;
    private final Map<String, String> environment;

    @Option(
            names = "--server",
            paramLabel = "URL",
            scope = ScopeType.INHERIT,
            description = "The service, such as http://127.0.0.1:8080.")
    private @Nullable String server;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            scope = ScopeType.INHERIT,
            description = "Its bearer token; MUSTER_TOKEN keeps it out of the list of processes.")
    private @Nullable String token;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            scope = ScopeType.INHERIT,
            description = "${COMPLETION-CANDIDATES}; table is for people.")
    void output(Output output) {
        screen.showAs(output);
    }

    @Option(names = "--no-color", scope = ScopeType.INHERIT, description = "No colours; NO_COLOR=1 does the same.")
    void noColour(boolean wanted) {
        if (wanted) {
            screen.withoutColour();
        }
    }

    private Muster(Screen screen, Map<String, String> environment) {
        this.screen = screen;
        this.environment = environment;
    }

    /** Runs one command line and says the exit code. */
    public static int run(Screen screen, Map<String, String> environment, String... arguments) {
        return commandLine(screen, environment).execute(arguments);
    }

    static CommandLine commandLine(Screen screen, Map<String, String> environment) {
        Complaints complaints = new Complaints(screen);
        CommandLine line = new CommandLine(new Muster(screen, environment))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(false)
                .setUsageHelpWidth(110)
                .setUsageHelpLongOptionsMaxWidth(32)
                .setOut(new java.io.PrintWriter(screen.out(), true))
                .setErr(new java.io.PrintWriter(screen.err(), true))
                .setColorScheme(CommandLine.Help.defaultColorScheme(
                        screen.isColoured() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF))
                .setParameterExceptionHandler(complaints)
                .setExecutionExceptionHandler(complaints);
        // What follows the command's name is the command's, with or without '--'.
        line.getSubcommands().get("run").setStopAtPositional(true);
        return line;
    }

    /** Without a verb: what there is. */
    @Override
    public Integer call() {
        commandLine(screen, environment).usage(screen.err());
        return ExitCode.BAD_INPUT;
    }

    public Screen screen() {
        return screen;
    }

    public Map<String, String> environment() {
        return environment;
    }

    public Connection connection() {
        return Connections.find(server, token, environment);
    }

    /** True where the caller said which service, by option or environment. */
    boolean isServerNamed() {
        return server != null || !environment.getOrDefault("MUSTER_SERVER", "").isBlank();
    }
}
