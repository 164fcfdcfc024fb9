package dev.muster.cli;

import dev.muster.api.JobSet;
import dev.muster.api.client.MusterClient;
import dev.muster.cli.screen.Print;
import dev.muster.cli.screen.Span;
import dev.muster.cli.screen.Table;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sets of jobs. */
@Command(
        name = "sets",
        description = {
            "Shows the job sets of a team, by name: how many of their jobs are in which state, for how long, which failed first.",
            "A job is of a set by saying so: 'jobSet' in its spec, or --set of 'run' and 'submit'."
        },
        footer = {
            "  muster sets",
            "  muster sets show nightly                     one set",
            "  muster submit -f jobs/ --set nightly         submits into it",
            "  muster wait --set nightly                    until all of it has ended",
            "  muster cancel --set nightly --dry-run        all of it that has not ended",
            "  muster jobs --set nightly --all              its jobs"
        })
final class SetsCommand extends Verb {
    @Override
    public Integer call() {
        return list(null, 50);
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Shows sets, by name.")
    int list(
            @Option(
                            names = "--team",
                            paramLabel = "TEAM",
                            description = "Whose (default MUSTER_TEAM, the only team, or 'default').")
                    @Nullable
                    String team,
            @Option(names = "--limit", paramLabel = "N", defaultValue = "50", description = "At most so many.")
                    int limit) {
        if (limit < 1) {
            throw new BadInput("Bad --limit %d: expected 1 or more".formatted(limit));
        }
        MusterClient client = client();
        String of = Teams.of(team, muster().environment(), client);
        List<JobSet> sets = client.jobs().sets(of, limit);
        if (!forPeople()) {
            Print.all(screen(), sets);
            return ExitCode.OK;
        }
        if (sets.isEmpty()) {
            screen().note("Team %s has no job set. Make one: muster run --set NAME -- echo hello".formatted(of));
            return ExitCode.OK;
        }
        Table table = new Table("SET", "STATE", ">FOR", "JOBS", "FAILED FIRST");
        for (JobSet set : sets) {
            table.row(
                    set.metadata().name(),
                    screen().state(set.status().state()),
                    lasted(set),
                    counts(set),
                    set.status().firstFailure() == null
                            ? ""
                            : failure(set.status().firstFailure()));
        }
        table.print(screen());
        return ExitCode.OK;
    }

    @Command(name = "show", mixinStandardHelpOptions = true, description = "Shows how a set stands.")
    int show(
            @Parameters(paramLabel = "SET") String name,
            @Option(
                            names = "--team",
                            paramLabel = "TEAM",
                            description = "Whose (default MUSTER_TEAM, the only team, or 'default').")
                    @Nullable
                    String team) {
        MusterClient client = client();
        JobSet set = client.jobs().set(Teams.of(team, muster().environment(), client), name);
        if (!forPeople()) {
            Print.one(screen(), set);
            return ExitCode.OK;
        }
        screen().print("set/%s %s for %s: %s"
                .formatted(name, screen().state(set.status().state()), lasted(set), counts(set)));
        if (set.status().firstFailure() != null) {
            screen().print("failed first: " + failure(set.status().firstFailure()));
        }
        return ExitCode.OK;
    }

    /** Since the first job of it was submitted, until the last has ended. */
    private static String lasted(JobSet set) {
        Instant end = set.status().endedAt();
        return Span.between(set.status().began(), end == null ? Instant.now() : end);
    }

    static String counts(JobSet set) {
        return set.status().jobs().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", "));
    }

    static String failure(JobSet.Failure first) {
        String category = first.outcome() == null ? null : first.outcome().category();
        return "%s %s%s".formatted(first.name(), first.job(), category == null ? "" : " (" + category + ")");
    }
}
