package dev.muster.ui;

import dev.muster.access.Caller;
import dev.muster.access.Resource;
import dev.muster.access.Verb;
import dev.muster.cluster.Cluster;
import dev.muster.cluster.ClusterUnavailable;
import dev.muster.cluster.GangStatus;
import dev.muster.cluster.LogChunk;
import dev.muster.cluster.PodPhase;
import dev.muster.cluster.PodRef;
import dev.muster.cluster.PodStatus;
import dev.muster.cycle.Board;
import dev.muster.event.EventType;
import dev.muster.event.RecordedEvent;
import dev.muster.job.Attempt;
import dev.muster.job.AttemptState;
import dev.muster.job.Job;
import dev.muster.job.Role;
import dev.muster.postgres.AttemptStore;
import dev.muster.postgres.EventStore;
import dev.muster.postgres.JobStore;
import dev.muster.postgres.ResultStore;
import dev.muster.problem.MusterException;
import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.plan.Reason;
import dev.muster.report.Endings;
import dev.muster.report.Expectations;
import dev.muster.rights.Sight;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Reads what the page of one job shows. */
@ApplicationScoped
class JobPages {
    private static final int EVENTS = 100;
    private static final int CHUNK = 1 << 20;
    /** Of a longer output the page does not look for the end. */
    private static final long MOST_READ = 64L << 20;

    private final JobStore jobs;
    private final AttemptStore attempts;
    private final EventStore events;
    private final Board board;
    private final Expectations expectations;
    private final Endings endings;
    private final ResultStore results;
    private final Cluster cluster;
    private final Caller caller;

    JobPages(
            JobStore jobs,
            AttemptStore attempts,
            EventStore events,
            Board board,
            Expectations expectations,
            Endings endings,
            ResultStore results,
            Cluster cluster,
            Caller caller) {
        this.caller = caller;
        this.endings = endings;
        this.results = results;
        this.expectations = expectations;
        this.jobs = jobs;
        this.attempts = attempts;
        this.events = events;
        this.board = board;
        this.cluster = cluster;
    }

    /** Which pod's output is asked for; null: the one that most likely tells something. */
    record Wanted(
            @Nullable String role,
            @Nullable Integer index,
            @Nullable Integer attempt) {}

    /**
     * @throws MusterException where there is no such job or the caller may not see it, told alike; or where they may see it and
     *     not do what they ask for
     */
    Job job(String id) {
        Job seen = find(id).filter(job -> isIn(caller.view(Resource.Kind.JOB), job))
                .orElseThrow(() -> MusterException.notFound("job", id));
        if (!isIn(caller.sight(Resource.Kind.JOB), seen)) {
            throw caller.refused(new Resource(Resource.Kind.JOB, seen.team().value(), id));
        }
        return seen;
    }

    private Optional<Job> find(String id) {
        try {
            return jobs.find(new JobId(id));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean isIn(@Nullable Sight sight, Job job) {
        return sight == null || sight.reaches(job.team(), job.spec().queue());
    }

    private boolean may(Job job, Verb verb) {
        return caller.may(
                verb,
                Resource.of(
                        Resource.Kind.JOB,
                        job.team(),
                        job.spec().queue(),
                        job.id().value()));
    }

    /** {@code renewed}: the reader has the output already and follows it by himself. */
    JobPage page(Frame frame, Job job, Wanted wanted, boolean renewed) {
        List<Attempt> all = attempts.of(job.id());
        List<PodStatus> pods = all.isEmpty() ? List.of() : pods(all.get(all.size() - 1));
        List<RecordedEvent> happened = events.of(job.id()).stream()
                .filter(JobPages::tells)
                .sorted(Comparator.comparing(RecordedEvent::cursor).reversed())
                .limit(EVENTS)
                .toList();
        PodRef pod = pod(job, pods, wanted);
        String lost = all.isEmpty()
                ? null
                : endings.of(job, all.get(all.size() - 1), pods).sentence().orElse(null);
        return JobPage.of(
                frame,
                job,
                all,
                pods,
                why(job, frame.now()),
                lost,
                results.of(job.id()).orElse(null),
                verb -> may(job, verb),
                happened,
                pod == null ? null : log(job, pod, renewed));
    }

    private @Nullable WhyPanel why(Job job, Instant now) {
        if (job.state().isFinal()) {
            return null;
        }
        List<Reason> reasons = board.reasons(job.id());
        OptionalInt ahead = board.view().map(view -> view.ahead(job.id())).orElse(OptionalInt.empty());
        boolean planned = !reasons.isEmpty() && !job.reasons().isEmpty();
        return WhyPanel.of(
                planned ? reasons : job.reasons(),
                ahead.isPresent() ? ahead.getAsInt() : null,
                planned ? board.view().map(view -> view.snapshot().now()).orElse(null) : job.reasonsAt(),
                now,
                Outlook.of(expectations.of(job.id()).orElse(null)));
    }

    /** The moves of an attempt are those of its job, said twice, but for the time in which it tries to get pods back. */
    private static boolean tells(RecordedEvent recorded) {
        return recorded.event().type() != EventType.ATTEMPT_MOVED
                || AttemptState.RECOVERING.name().equals(recorded.event().to());
    }

    /** As the cluster shows them now, or as they were seen last. */
    private List<PodStatus> pods(Attempt attempt) {
        if (!attempt.state().isLive()) {
            return attempt.pods();
        }
        try {
            return cluster.status(attempt.id()).map(GangStatus::pods).orElse(attempt.pods());
        } catch (ClusterUnavailable e) {
            return attempt.pods();
        }
    }

    private static @Nullable PodRef pod(Job job, List<PodStatus> pods, Wanted wanted) {
        int attempt = wanted.attempt() == null ? job.attempt() : wanted.attempt();
        if (attempt < 1 || attempt > job.attempt()) {
            return null;
        }
        if (wanted.role() == null) {
            PodStatus telling = pods.stream()
                    .filter(pod -> pod.phase() == PodPhase.FAILED)
                    .findFirst()
                    .or(() -> pods.stream()
                            .filter(pod -> isLeader(job, pod.pod().role()))
                            .findFirst())
                    .or(() -> pods.stream().findFirst())
                    .orElse(null);
            return telling == null ? null : telling.pod();
        }
        int index = wanted.index() == null ? 0 : wanted.index();
        return job.spec().roles().stream()
                .filter(role -> role.name().value().equals(wanted.role()) && index >= 0 && index < role.maximum())
                .map(role -> new PodRef(new AttemptId(job.id(), attempt), role.name(), index))
                .findFirst()
                .orElse(null);
    }

    private static boolean isLeader(Job job, RoleName name) {
        return job.spec().roles().stream().filter(Role::leader).anyMatch(role -> role.name()
                .equals(name));
    }

    private LogPanel log(Job job, PodRef pod, boolean renewed) {
        ByteArrayOutputStream tail = new ByteArrayOutputStream();
        long next = 0;
        boolean end = false;
        boolean cut = false;
        while (!renewed && !end && next < MOST_READ) {
            LogChunk chunk = cluster.log(pod, next, CHUNK);
            end = chunk.end();
            if (chunk.bytes().length == 0) {
                break;
            }
            next = chunk.nextOffset();
            tail.writeBytes(chunk.bytes());
            if (tail.size() > LogPanel.TAIL) {
                byte[] all = tail.toByteArray();
                tail.reset();
                tail.writeBytes(Arrays.copyOfRange(all, all.length - LogPanel.TAIL, all.length));
                cut = true;
            }
        }
        return new LogPanel(
                job.team().value(),
                job.id().value(),
                pod.role().value(),
                pod.index(),
                pod.attempt().number(),
                LogPanel.readable(tail.toByteArray()),
                next,
                !end,
                cut);
    }
}
