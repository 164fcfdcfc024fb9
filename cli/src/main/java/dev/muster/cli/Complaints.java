package dev.muster.cli;

import dev.muster.api.Problem;
import dev.muster.api.client.ProblemException;
import dev.muster.api.client.Unreachable;
import dev.muster.cli.connection.ServiceNotFound;
import dev.muster.cli.connection.SignInFailed;
import dev.muster.cli.screen.Colour;
import dev.muster.cli.screen.Screen;
import dev.muster.cli.screen.Text;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what went wrong, where, and what the reader can do; and which exit code that is. */
final class Complaints implements IExecutionExceptionHandler, IParameterExceptionHandler {
    private final Screen screen;

    Complaints(Screen screen) {
        this.screen = screen;
    }

    @Override
    public int handleParseException(ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        error(e.getMessage());
        UnmatchedArgumentException.printSuggestions(e, command.getErr());
        hint("'%s --help' shows what is possible."
                .formatted(command.getCommandSpec().qualifiedName()));
        return ExitCode.BAD_INPUT;
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
        if (e instanceof ParameterException wrong) {
            return handleParseException(wrong, new String[0]);
        }
        return of(e);
    }

    int of(Exception e) {
        if (e instanceof BadInput bad) {
            error(bad.getMessage());
            bad.hints().forEach(this::hint);
            return ExitCode.BAD_INPUT;
        }
        if (e instanceof SignInFailed failed) {
            error(String.valueOf(failed.getMessage()));
            hint(failed.hint());
            return failed.isAway() ? ExitCode.NOT_REACHABLE : ExitCode.REFUSED;
        }
        if (e instanceof Refused refused) {
            screen.note(screen.paint(Colour.BOLD, Text.plain(String.valueOf(refused.getMessage()))));
            return problem(refused.problem().problem());
        }
        if (e instanceof ProblemException refused) {
            return problem(refused.problem());
        }
        if (e instanceof ServiceNotFound) {
            error(String.valueOf(e.getMessage()));
            hint("Start one with './muster demo', or name one with --server URL or MUSTER_SERVER.");
            return ExitCode.NOT_REACHABLE;
        }
        if (e instanceof Unreachable away) {
            error("The service at %s does not answer: %s".formatted(away.server(), cause(away)));
            hint("Does it run? './muster demo' starts one here; --server URL or MUSTER_SERVER name another.");
            return ExitCode.NOT_REACHABLE;
        }
        return defect(e);
    }

    private int problem(Problem problem) {
        error(Objects.requireNonNullElse(problem.detail(), problem.title()) + " (" + problem.code() + ")");
        for (Problem.FieldError wrong : Objects.requireNonNullElse(problem.errors(), List.<Problem.FieldError>of())) {
            screen.note(
                    "  " + screen.paint(Colour.BOLD, Text.plain(wrong.pointer())) + ": " + Text.plain(wrong.detail()));
        }
        Objects.requireNonNullElse(problem.hints(), List.<String>of()).forEach(this::hint);
        boolean away = problem.status() == 502 || problem.status() == 503 || problem.status() == 504;
        if (problem.status() == 401) {
            hint(
                    "The token is in the file 'token' of the service's data directory; give it with MUSTER_TOKEN or --token.");
        }
        if (away && problem.retryAfterSeconds() != null) {
            hint("Try again in %d s.".formatted(problem.retryAfterSeconds()));
        }
        return away ? ExitCode.NOT_REACHABLE : ExitCode.REFUSED;
    }

    private int defect(Exception e) {
        error("Something broke inside muster, which should not happen: " + e);
        e.printStackTrace(screen.err());
        return ExitCode.DEFECT;
    }

    private static String cause(Unreachable away) {
        Throwable cause = away.getCause();
        if (cause instanceof java.net.ConnectException) {
            return "nobody listens there";
        }
        return cause == null || cause.getMessage() == null ? String.valueOf(cause) : cause.getMessage();
    }

    private void error(String text) {
        screen.note(screen.paint(Colour.RED, "error: ") + Text.plain(text));
    }

    private void hint(String text) {
        String lines = text.lines().map(Text::plain).collect(Collectors.joining("\n    "));
        screen.note(screen.paint(Colour.CYAN, "  → ") + lines);
    }
}
