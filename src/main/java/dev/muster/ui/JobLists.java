package dev.muster.ui;

import dev.muster.access.Caller;
import dev.muster.access.Resource;
import dev.muster.access.Verb;
import dev.muster.job.Job;
import dev.muster.postgres.JobCounts;
import dev.muster.postgres.JobPage;
import dev.muster.postgres.JobQuery;
import dev.muster.postgres.JobStore;
import dev.muster.postgres.QueueStore;
import dev.muster.postgres.TeamStore;
import dev.muster.problem.MusterException;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.TeamName;
import dev.muster.quota.plan.ReasonCode;
import dev.muster.rights.Sight;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a page of jobs. */
@ApplicationScoped
class JobLists {
    private static final int ROWS = 50;
    /** Most rows that are read again at once. */
    private static final int MOST_SHOWN = 200;

    private final JobStore jobs;
    private final JobCounts counts;
    private final TeamStore teams;
    private final QueueStore queues;
    private final Caller caller;

    JobLists(JobStore jobs, JobCounts counts, TeamStore teams, QueueStore queues, Caller caller) {
        this.caller = caller;
        this.jobs = jobs;
        this.counts = counts;
        this.teams = teams;
        this.queues = queues;
    }

    /**
     * The page after {@code token} (null: the first). {@code shown} are jobs that a reader has before him: they are read as they
     * are now, also where the filter does not match any more.
     *
     * @throws MusterException where the token is none of ours
     */
    JobList list(Frame frame, JobFilter filter, @Nullable String token, Collection<String> shown) {
        Sight sight = caller.view(Resource.Kind.JOB);
        JobPage page = page(filter, token, sight);
        List<Job> rows = new ArrayList<>(page.jobs());
        Set<String> outside = new HashSet<>();
        if (!shown.isEmpty()) {
            Set<JobId> there = new HashSet<>(page.jobs().stream().map(Job::id).toList());
            List<JobId> missing = shown.stream()
                    .limit(MOST_SHOWN)
                    .map(JobLists::id)
                    .filter(id -> !there.contains(id))
                    .toList();
            for (Job job : jobs.find(missing)) {
                if (sight != null && !sight.reaches(job.team(), job.spec().queue())) {
                    continue;
                }
                rows.add(job);
                if (!filter.matches(job)) {
                    outside.add(job.id().value());
                }
            }
        }
        Instant now = frame.now();
        return new JobList(
                frame,
                filter,
                JobList.chips(filter, counts.seen(sight)),
                teams(),
                queues(),
                Arrays.stream(ReasonCode.values())
                        .filter(code -> code != ReasonCode.FITS)
                        .map(ReasonCode::name)
                        .toList(),
                rows.stream().map(job -> JobRow.of(job, now)).toList(),
                outside,
                token == null,
                caller.maySomewhere(Verb.CANCEL, Resource.Kind.JOB),
                page.next() == null ? null : page.next().id().value());
    }

    private List<String> teams() {
        Sight sight = caller.view(Resource.Kind.TEAM);
        return teams.all().stream()
                .map(team -> team.value().name())
                .filter(name -> sight == null || sight.teams().contains(name))
                .map(TeamName::value)
                .toList();
    }

    private List<String> queues() {
        Sight sight = caller.view(Resource.Kind.QUEUE);
        return queues.all().stream()
                .map(queue -> queue.value().name())
                .filter(name -> sight == null || sight.queues().contains(name))
                .map(QueueName::value)
                .toList();
    }

    private JobPage page(JobFilter filter, @Nullable String token, @Nullable Sight sight) {
        JobQuery.Cursor after =
                token == null ? null : new JobQuery.Cursor(JobQuery.Order.SUBMITTED, id(token), 0, null, null);
        return filter.query(ROWS)
                .map(query -> jobs.list(query.after(after), sight))
                .orElse(JobPage.EMPTY);
    }

    private static JobId id(String text) {
        try {
            return new JobId(text);
        } catch (IllegalArgumentException e) {
            throw MusterException.invalidPageToken();
        }
    }
}
