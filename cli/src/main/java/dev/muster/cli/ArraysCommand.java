package dev.muster.cli;

import dev.muster.api.JobArray;
import dev.muster.api.client.JobQuery;
import dev.muster.cli.screen.Print;
import dev.muster.cli.screen.Table;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Many alike jobs as one. */
@Command(
        name = "arrays",
        description = {
            "Shows job arrays, newest first, with how many of their children are in which state.",
            "Submit one with 'muster submit -f FILE', where the job's spec has an array."
        },
        footer = {
            "  muster arrays",
            "  muster arrays show ID                      one array",
            "  muster jobs --filter array=ID --all        its children",
            "  muster arrays cancel ID                    all of its children that have not ended"
        })
final class ArraysCommand extends Verb {
    @Override
    public Integer call() {
        return list(JobQuery.ALL_TEAMS, 50);
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Shows arrays, newest first.")
    int list(
            @Option(
                            names = "--team",
                            paramLabel = "TEAM",
                            defaultValue = JobQuery.ALL_TEAMS,
                            description = "Of this team only.")
                    String team,
            @Option(names = "--limit", paramLabel = "N", defaultValue = "50", description = "At most so many.")
                    int limit) {
        if (limit < 1) {
            throw new BadInput("Bad --limit %d: expected 1 or more".formatted(limit));
        }
        List<JobArray> arrays = client().jobs().arrays(team, limit);
        if (!forPeople()) {
            Print.all(screen(), arrays);
            return ExitCode.OK;
        }
        if (arrays.isEmpty()) {
            screen().note("There is no array yet. Submit one: muster submit -f examples/array.yaml");
            return ExitCode.OK;
        }
        Table table = new Table("ID", "TEAM", "NAME", ">SIZE", ">AT ONCE", "STATE", "CHILDREN");
        for (JobArray array : arrays) {
            Integer parallelism = array.spec().parallelism();
            table.row(
                    String.valueOf(array.metadata().id()),
                    String.valueOf(array.metadata().team()),
                    array.metadata().name(),
                    Integer.toString(array.spec().size()),
                    parallelism == null ? "all" : parallelism.toString(),
                    array.status().state(),
                    counts(array));
        }
        table.print(screen());
        return ExitCode.OK;
    }

    @Command(name = "show", mixinStandardHelpOptions = true, description = "Shows how an array stands.")
    int show(@Parameters(paramLabel = "ID") String id) {
        return one(client().jobs().array(JobQuery.ALL_TEAMS, id));
    }

    @Command(
            name = "cancel",
            mixinStandardHelpOptions = true,
            description = "Cancels every child of an array that has not ended.")
    int cancel(@Parameters(paramLabel = "ID") String id) {
        return one(client().jobs().cancelArray(JobQuery.ALL_TEAMS, id));
    }

    private int one(JobArray array) {
        if (!forPeople()) {
            Print.one(screen(), array);
            return ExitCode.OK;
        }
        screen().print(line(array));
        return ExitCode.OK;
    }

    static String line(JobArray array) {
        return "array/%s %s %s: %s"
                .formatted(
                        array.metadata().name(),
                        array.metadata().id(),
                        array.status().state(),
                        counts(array));
    }

    private static String counts(JobArray array) {
        return array.status().children().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", "));
    }
}
