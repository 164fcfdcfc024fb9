package dev.muster.cli;

import dev.muster.api.Job;
import dev.muster.api.client.JobQuery;
import dev.muster.api.client.MusterClient;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Many jobs at once, by what they are. */
final class Selection {
    /** More than these are steered in several goes: nobody means a hundred thousand jobs by one line. */
    private static final int MOST = 10_000;

    private static final int PAGE = 500;

    @Option(
            names = "--filter",
            paramLabel = "FILTER",
            description = "All that it finds, in the words of 'muster jobs --filter'. Try it with --dry-run.")
    private @Nullable String filter;

    @Option(
            names = "--set",
            paramLabel = "SET",
            description = "All of this job set, or those of it that --filter finds.")
    private @Nullable String set;

    @Option(
            names = "--team",
            paramLabel = "TEAM",
            description =
                    "With --filter: of this team only. With --set: whose set it is (default MUSTER_TEAM, the only team, or 'default').")
    private @Nullable String team;

    boolean isGiven() {
        if (filter == null && set == null && team != null) {
            throw new BadInput(
                    "--team without --filter or --set", "Jobs that are named are found in whichever team they are.");
        }
        if (filter != null && filter.isBlank()) {
            throw new BadInput(
                    "The filter is empty", "Every job there is would be meant: say which, such as state=QUEUED.");
        }
        return filter != null || set != null;
    }

    /** Newest first. */
    List<Job> find(MusterClient client, Map<String, String> environment) {
        // A set is one of its team: that of another one by the same name is not meant.
        String of = set == null ? (team == null ? JobQuery.ALL_TEAMS : team) : Teams.of(team, environment, client);
        JobQuery query = new JobQuery(of, new JobFilter().set(set).also(filter).text(), null, PAGE);
        List<Job> found = client.jobs().find(query, MOST + 1);
        if (found.isEmpty() && set != null && filter == null) {
            throw new BadInput(
                    "There is no job set '%s' in team %s".formatted(set, of),
                    "'muster sets --team %s' lists them; say --team where it is another's.".formatted(of));
        }
        if (found.size() > MOST) {
            throw new BadInput(
                    "More than %,d jobs are found".formatted(MOST),
                    "Make it narrower by --filter, such as state=QUEUED, and go by parts.");
        }
        return found;
    }
}
