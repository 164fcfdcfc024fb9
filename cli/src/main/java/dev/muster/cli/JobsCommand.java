package dev.muster.cli;

import dev.muster.api.Job;
import dev.muster.api.JobStatus;
import dev.muster.api.client.JobQuery;
import dev.muster.cli.screen.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists jobs. */
@Command(
        name = "jobs",
        description =
                "Lists jobs, newest first, with when one that waits is expected to start (as things are, see 'why'), the reason why it waits, or how it ended.",
        footer = {
            "  muster jobs                              the newest",
            "  muster jobs --state QUEUED,LAUNCHING     what waits",
            "  muster jobs --set nightly --state FAILED what failed of a set",
            "  muster jobs --team vision --watch        drawn anew as it changes",
            "  muster jobs --all -o json | jq length    every job there is"
        })
final class JobsCommand extends ListVerb {
    @Option(names = "--team", paramLabel = "TEAM", description = "Of this team only.")
    private @Nullable String team;

    @Option(names = "--queue", paramLabel = "QUEUE", description = "In this queue only.")
    private @Nullable String queue;

    @Option(
            names = "--state",
            paramLabel = "STATE",
            split = ",",
            completionCandidates = StateNames.class,
            description = "In these states only: ${COMPLETION-CANDIDATES}.")
    private List<String> states = List.of();

    @Option(names = "--set", paramLabel = "SET", description = "Of this job set only; see 'muster sets'.")
    private @Nullable String set;

    @Option(names = "--name", paramLabel = "TEXT", description = "Whose name begins so.")
    private @Nullable String name;

    @Option(names = "--label", paramLabel = "KEY=VALUE", description = "With this label; may be repeated.")
    private Map<String, String> labels = new TreeMap<>();

    @Option(names = "--filter", paramLabel = "FILTER", description = "A filter in the service's own words.")
    private @Nullable String filter;

    @Option(names = "--order-by", paramLabel = "FIELD", description = "Such as 'priority desc' or 'finishedAt'.")
    private @Nullable String orderBy;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "50",
            description = "At most so many (default ${DEFAULT-VALUE}).")
    private int limit;

    @Option(names = "--all", description = "However many there are.")
    private boolean all;

    @Override
    public Integer call() {
        JobQuery query = query();
        int most = all ? Integer.MAX_VALUE : limit;
        List<Job> jobs = list(
                client -> client.jobs().find(query, most),
                this::table,
                query.filter() == null && team == null
                        ? "No jobs yet. Try: muster run -- echo hello"
                        : "No jobs like that.");
        if (forPeople() && !all && jobs.size() == limit) {
            screen().note("(the first %d; --all shows every one)".formatted(limit));
        }
        return ExitCode.OK;
    }

    private JobQuery query() {
        if (limit < 1) {
            throw new BadInput("Bad --limit %d: expected 1 or more".formatted(limit));
        }
        List<String> wanted = new ArrayList<>();
        for (String state : states) {
            String upper = state.strip().toUpperCase(Locale.ROOT);
            if (!States.ALL.contains(upper)) {
                throw new BadInput(
                        "Unknown state '%s'".formatted(state), "Expected one of " + String.join(", ", States.ALL));
            }
            wanted.add(upper);
        }
        JobFilter asked = new JobFilter().queue(queue).set(set).states(wanted);
        if (name != null) {
            asked.namePrefix(name);
        }
        labels.forEach(asked::label);
        asked.also(filter);
        return new JobQuery(
                team == null ? JobQuery.ALL_TEAMS : team, asked.text(), orderBy, Math.min(all ? 500 : limit, 500));
    }

    private Table table(List<Job> jobs) {
        Instant now = Instant.now();
        Table table = new Table("ID", "TEAM", "NAME", "QUEUE", "STATE", ">WAITED", ">RAN", "STARTS", "GANG", "WHY");
        for (Job job : jobs) {
            JobStatus status = job.status();
            table.row(
                    JobFinder.id(job),
                    JobFinder.team(job),
                    job.metadata().name(),
                    job.spec().queue() == null ? "" : job.spec().queue(),
                    screen().state(status == null ? "" : status.state()),
                    Lines.waited(job, now),
                    Lines.spent(job, now),
                    Outlook.brief(status),
                    Lines.gang(job),
                    Lines.why(job));
        }
        return table;
    }
}
