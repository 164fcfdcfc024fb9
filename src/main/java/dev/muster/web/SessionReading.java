package dev.muster.web;

import dev.muster.access.Caller;
import dev.muster.access.Resource;
import dev.muster.api.Page;
import dev.muster.api.Session;
import dev.muster.job.Attempt;
import dev.muster.job.Idleness;
import dev.muster.job.Job;
import dev.muster.job.JobState;
import dev.muster.postgres.AttemptStore;
import dev.muster.postgres.JobStore;
import dev.muster.postgres.SessionStore;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.TeamName;
import dev.muster.report.Links;
import dev.muster.rights.Sight;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Sessions that have not ended, as they go over the wire. */
@ApplicationScoped
public class SessionReading {
    private final SessionStore sessions;
    private final JobStore jobs;
    private final AttemptStore attempts;
    private final PageTokens tokens;
    private final Caller caller;

    SessionReading(SessionStore sessions, JobStore jobs, AttemptStore attempts, PageTokens tokens, Caller caller) {
        this.sessions = sessions;
        this.jobs = jobs;
        this.attempts = attempts;
        this.tokens = tokens;
        this.caller = caller;
    }

    /** Newest first; {@code mine}: the caller's own. */
    public Page<Session> list(@Nullable TeamName team, boolean mine, int pageSize, @Nullable String pageToken) {
        String list = "sessions\n%s\n%s".formatted(team, mine);
        String before = tokens.open(list, pageToken);
        String owner = mine ? caller.actor().name() : null;
        Sight sight = caller.view(Resource.Kind.JOB);
        List<JobId> found = sessions.open(team, owner, sight, before == null ? null : new JobId(before), pageSize + 1);
        List<JobId> page = found.size() > pageSize ? found.subList(0, pageSize) : found;
        return new Page<>(
                views(page),
                found.size() > pageSize
                        ? tokens.make(list, page.get(pageSize - 1).value())
                        : null);
    }

    /** One of them; empty where it is none. */
    public Optional<Session> one(Job job) {
        return job.spec().life().interactive() == null
                ? Optional.empty()
                : Optional.of(
                        view(job, sessions.uses(List.of(job.id())).getOrDefault(job.id(), SessionStore.Use.NONE)));
    }

    private List<Session> views(List<JobId> page) {
        Map<JobId, SessionStore.Use> uses = sessions.uses(page);
        Map<JobId, Job> all = jobs.find(page).stream().collect(Collectors.toMap(Job::id, Function.identity()));
        return page.stream()
                .filter(all::containsKey)
                .map(id -> view(all.get(id), uses.getOrDefault(id, SessionStore.Use.NONE)))
                .toList();
    }

    private Session view(Job job, SessionStore.Use use) {
        Optional<Idleness> idle = Idleness.of(job, use.usedAt(), use.toldAt());
        Duration timeout = job.spec().life().idleTimeout();
        return new Session(
                job.id().value(),
                job.spec().name(),
                job.team().value(),
                job.spec().queue().value(),
                job.submittedBy(),
                job.state().name(),
                Links.stays(job, Links.SESSION),
                job.submittedAt(),
                job.startedAt(),
                use.usedAt(),
                timeout == null ? null : DurationText.format(timeout),
                idle.map(Idleness::endsAt).orElse(null),
                idle.map(Idleness::isTold).orElse(null),
                job.state() == JobState.RUNNING ? warm(job) : null,
                job.state() != JobState.QUEUED || job.reasons().isEmpty()
                        ? null
                        : JobView.reason(job.reasons().get(0)));
    }

    /** Null where nobody knows any more. */
    private @Nullable Boolean warm(Job job) {
        return job.newestAttempt()
                .flatMap(attempts::find)
                .map(Attempt::permits)
                .map(List::isEmpty)
                .orElse(null);
    }
}
