package dev.muster.cli;

import dev.muster.api.Job;
import dev.muster.api.client.JobQuery;
import dev.muster.api.client.MusterClient;
import java.util.List;
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

    @Option(names = "--team", paramLabel = "TEAM", description = "With --filter: of this team only.")
    private @Nullable String team;

    boolean isGiven() {
        if (filter == null && team != null) {
            throw new BadInput("--team without --filter", "Jobs that are named are found in whichever team they are.");
        }
        if (filter != null && filter.isBlank()) {
            throw new BadInput(
                    "The filter is empty", "Every job there is would be meant: say which, such as state=QUEUED.");
        }
        return filter != null;
    }

    /** Newest first. */
    List<Job> find(MusterClient client) {
        JobQuery query = new JobQuery(team == null ? JobQuery.ALL_TEAMS : team, filter, null, PAGE);
        List<Job> found = client.jobs().find(query, MOST + 1);
        if (found.size() > MOST) {
            throw new BadInput(
                    "The filter finds more than %,d jobs".formatted(MOST), "Make it narrower, or go by parts.");
        }
        return found;
    }
}
