package dev.muster.web;

import dev.muster.access.Caller;
import dev.muster.access.Resource;
import dev.muster.api.Attempt;
import dev.muster.api.Explanation;
import dev.muster.api.Page;
import dev.muster.cluster.Cluster;
import dev.muster.cluster.GangStatus;
import dev.muster.cluster.PodPhase;
import dev.muster.cluster.PodStatus;
import dev.muster.job.AttemptState;
import dev.muster.job.Job;
import dev.muster.job.JobState;
import dev.muster.postgres.AttemptStore;
import dev.muster.postgres.JobPage;
import dev.muster.postgres.JobQuery;
import dev.muster.postgres.JobStore;
import dev.muster.postgres.ResultStore;
import dev.muster.problem.MusterException;
import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.TeamName;
import dev.muster.report.Endings;
import dev.muster.report.Expectations;
import dev.muster.report.Explanations;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Jobs and their attempts as they go over the wire: for the REST resources and for the pages. */
@ApplicationScoped
public class JobReading {
    private final JobStore jobs;
    private final AttemptStore attempts;
    private final Cluster cluster;
    private final PageTokens tokens;
    private final Explanations explanations;
    private final Endings endings;
    private final ResultStore results;
    private final Caller caller;

    JobReading(
            JobStore jobs,
            AttemptStore attempts,
            Cluster cluster,
            PageTokens tokens,
            Explanations explanations,
            Endings endings,
            ResultStore results,
            Caller caller) {
        this.results = results;
        this.endings = endings;
        this.caller = caller;
        this.jobs = jobs;
        this.attempts = attempts;
        this.cluster = cluster;
        this.tokens = tokens;
        this.explanations = explanations;
    }

    /** A page of the jobs of a team, null for all teams; only those that the caller may see. */
    public Page<dev.muster.api.Job> list(
            @Nullable TeamName team,
            @Nullable String filter,
            @Nullable String orderBy,
            int pageSize,
            @Nullable String pageToken) {
        JobOrder order = JobOrder.parse(orderBy);
        JobFilter conditions = JobFilter.parse(filter);
        String list = "jobs\n%s\n%s\n%s".formatted(team, filter, order);
        JobQuery.Cursor after = order.cursor(tokens.open(list, pageToken));
        JobPage page = jobs.list(conditions.query(team, order, after, pageSize), caller.view(Resource.Kind.JOB));
        JobQuery.Cursor next = page.next();
        return new Page<>(views(page.jobs()), next == null ? null : tokens.make(list, JobOrder.text(next)));
    }

    /** One job with what runs of it. */
    public dev.muster.api.Job one(Job job) {
        boolean runs = job.state() == JobState.RUNNING || job.state() == JobState.LAUNCHING;
        dev.muster.api.Job view =
                runs ? JobView.of(job, running(job)) : views(List.of(job)).get(0);
        return job.attempt() == 0 || view.status() == null
                ? view
                : view.with(view.status().withResult(results.of(job.id()).orElse(null)));
    }

    /** Those that wait tell when they are expected to start. */
    private List<dev.muster.api.Job> views(List<Job> found) {
        Map<JobId, Expectations.Expected> outlook = explanations.outlook(found);
        return found.stream()
                .map(job -> {
                    dev.muster.api.Job view = JobView.of(job, null);
                    return view.with(view.status().with(ExpectationView.start(outlook.get(job.id()))));
                })
                .toList();
    }

    /** The attempts, oldest first. */
    public List<Attempt> attempts(Job job) {
        return attempts.of(job.id()).stream().map(attempt -> view(job, attempt)).toList();
    }

    /** @throws MusterException where the job has no such attempt */
    public Attempt attempt(Job job, int number) {
        return attempts.find(new AttemptId(job.id(), number))
                .map(attempt -> view(job, attempt))
                .orElseThrow(() -> MusterException.notFound("attempt of job " + job.id(), Integer.toString(number)));
    }

    public Explanation explanation(Job job) {
        Explanations.Explained explained = explanations.of(job);
        return new Explanation(
                job.id().value(),
                job.state().name(),
                explained.reasons().isEmpty()
                        ? null
                        : JobView.reason(explained.reasons().get(0)),
                explained.reasons().stream().map(JobView::reason).toList(),
                explained.ahead(),
                explained.plannedAt(),
                ExpectationView.start(explained.expected()),
                ExpectationView.place(explained.expected()),
                verdict(job),
                PodView.some(AttemptView.told(
                        job.changes(), job.state() == JobState.QUEUED ? job.attempt() + 1 : job.attempt())));
    }

    private Attempt view(Job job, dev.muster.job.Attempt attempt) {
        List<PodStatus> pods = pods(attempt);
        return AttemptView.of(attempt, pods, endings.of(job, attempt, pods), job.changes());
    }

    /** Those that are there, or how they were seen last. */
    private List<PodStatus> pods(dev.muster.job.Attempt attempt) {
        return attempt.state() == AttemptState.ENDED
                ? attempt.pods()
                : cluster.status(attempt.id()).map(GangStatus::pods).orElse(attempt.pods());
    }

    private @Nullable String verdict(Job job) {
        return job.newestAttempt()
                .flatMap(attempts::find)
                .flatMap(attempt -> endings.of(job, attempt, pods(attempt)).sentence())
                .orElse(null);
    }

    private Map<String, Integer> running(Job job) {
        List<PodStatus> pods = job.newestAttempt()
                .flatMap(cluster::status)
                .map(GangStatus::pods)
                .orElse(List.of());
        return pods.stream()
                .filter(pod -> pod.phase() == PodPhase.RUNNING)
                .collect(Collectors.toMap(pod -> pod.pod().role().value(), pod -> 1, Integer::sum, TreeMap::new));
    }
}
