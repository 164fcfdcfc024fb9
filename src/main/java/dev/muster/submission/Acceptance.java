package dev.muster.submission;

import dev.muster.Settings;
import dev.muster.callback.Addresses;
import dev.muster.cluster.ExternalRef;
import dev.muster.event.Why;
import dev.muster.job.ArrayPlace;
import dev.muster.job.Job;
import dev.muster.job.JobArray;
import dev.muster.job.JobMove;
import dev.muster.job.JobRequest;
import dev.muster.job.JobSpec;
import dev.muster.job.JobState;
import dev.muster.job.Role;
import dev.muster.postgres.ArrayStore;
import dev.muster.postgres.ArtifactStore;
import dev.muster.postgres.DependencyStore;
import dev.muster.postgres.IdempotencyStore.Answer;
import dev.muster.postgres.JobStore;
import dev.muster.postgres.PolicyStore;
import dev.muster.problem.Fault;
import dev.muster.problem.Faults;
import dev.muster.problem.MusterException;
import dev.muster.problem.Place;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.PriorityClassName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.TeamName;
import dev.muster.quota.policy.PolicyFields;
import dev.muster.quota.priority.PriorityClass;
import dev.muster.quota.priority.PriorityClasses;
import dev.muster.team.Team;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One transaction that checks and writes: what it has checked is still so when it commits, because it holds the queue tree. */
@ApplicationScoped
class Acceptance {
    private final JobStore jobs;
    private final Known catalogue;
    private final Once keys;
    private final Queues queues;
    private final JobIds ids;
    private final PolicyStore policies;
    private final Needs needs;
    private final DependencyStore dependencies;
    private final ArrayStore arrays;
    private final Addresses addresses;
    private final ArtifactStore artifacts;
    private final Brought brought;
    private final EventLogs eventLogs;
    private final Rush rush;
    private final SessionLimit sessions;
    private final InstantSource clock;

    Acceptance(
            JobStore jobs,
            Known catalogue,
            Once keys,
            Queues queues,
            JobIds ids,
            PolicyStore policies,
            Needs needs,
            DependencyStore dependencies,
            ArrayStore arrays,
            Addresses addresses,
            ArtifactStore artifacts,
            Brought brought,
            Settings settings,
            Rush rush,
            SessionLimit sessions,
            InstantSource clock) {
        this.rush = rush;
        this.brought = brought;
        this.sessions = sessions;
        this.artifacts = artifacts;
        this.eventLogs = new EventLogs(settings.spark().eventLogs());
        this.addresses = addresses;
        this.arrays = arrays;
        this.policies = policies;
        this.needs = needs;
        this.dependencies = dependencies;
        this.jobs = jobs;
        this.catalogue = catalogue;
        this.keys = keys;
        this.queues = queues;
        this.ids = ids;
        this.clock = clock;
    }

    @Transactional
    Answer accept(Submission submission, List<Candidate> candidates, Function<List<Job>, Answer> answer) {
        return once(
                submission,
                known -> written(
                        submission,
                        checked(submission, candidates, known, checks(submission.team(), known), clock.instant()),
                        answer));
    }

    /**
     * Each by itself, and all that can be in one transaction, that of the caller where there is one: a refusal is told, not thrown, and
     * harms no other. What else goes wrong is thrown, and nothing of all is accepted.
     */
    @Transactional
    List<Verdict> acceptEach(List<Lone> each) {
        Known.View known = catalogue.hold();
        Instant now = clock.instant();
        List<Verdict> verdicts = new ArrayList<>();
        List<Checked> passed = new ArrayList<>();
        // Jobs of one team often ask the same.
        Map<TeamName, Checks> checks = new HashMap<>();
        for (Lone one : each) {
            if (!one.candidate().request().needs().isEmpty()) {
                // It may wait for one that was accepted just before.
                write(passed);
                passed.clear();
            }
            try {
                Checks ofTeam = checks.computeIfAbsent(one.submission().team(), team -> checks(team, known));
                Checked checked = checked(one.submission(), List.of(one.candidate()), known, ofTeam, now);
                if (!one.submission().dry()) {
                    passed.add(checked);
                }
                verdicts.add(Verdict.accepted(checked.jobs()));
            } catch (MusterException e) {
                verdicts.add(Verdict.refused(e));
            }
        }
        write(passed);
        return verdicts;
    }

    /** What may be kept as it is here. */
    private record Checked(List<Job> jobs, List<JobArray> arrays) {}

    private Checks checks(TeamName team, Known.View known) {
        return new Checks(queues, team(known, team), known);
    }

    private Checked checked(
            Submission submission, List<Candidate> candidates, Known.View known, Checks checks, Instant now) {
        Team team = team(known, submission.team());
        Map<PriorityClassName, PriorityClass> classes = known.classes();
        Defaults defaults = new Defaults(team, leadersOnSpot(candidates), eventLogs);
        Faults faults = new Faults();
        Accepted accepted = new Accepted(ids, team.name(), submission.actor(), now);
        for (Candidate candidate : candidates) {
            spec(candidate, team, classes, checks, defaults, faults)
                    .ifPresent(spec -> accepted.add(
                            candidate, spec, classes.get(spec.priorityClass()).value()));
        }
        faults.refuseIfAny();
        candidates.forEach(candidate -> brought.check(
                submission,
                candidate.place().in(faults),
                candidate.request().life().artifacts(),
                now));
        List<Job> bound = needs.bind(accepted, team.name(), faults);
        faults.refuseIfAny();
        sessions.keep(submission, team, bound);
        rush.spend(submission, team, bound, classes, now);
        return new Checked(accepted.inTurns(bound), accepted.arrays());
    }

    @Transactional
    Answer rerun(Submission submission, JobId id, Function<List<Job>, Answer> answer) {
        return once(submission, known -> {
            Job old = find(submission.team(), id);
            if (!old.state().isFinal()) {
                throw MusterException.invalidState(
                        "job", id.value(), old.state().name(), "rerun", List.of("cancel"));
            }
            // What it waited for is over.
            JobSpec spec = old.spec().after(List.of());
            ExternalRef.of(spec.annotations()).ifPresent(ref -> {
                throw MusterException.invalid(new Fault(
                        "",
                        Fault.Kind.LOCKED,
                        "job '%s' is %s: it was created past Muster and cannot be rerun".formatted(id, ref),
                        "Create the object anew"));
            });
            Faults faults = new Faults();
            Place root = Place.root(faults);
            Checks checks = new Checks(queues, team(known, submission.team()), known);
            checks.queue(root.at("spec").at("queue"), spec.queue());
            Optional<PriorityClass> priority =
                    checks.priorityClass(root.at("spec").at("priorityClass"), spec.priorityClass());
            checks.secrets(root.at("spec").at("roles"), spec.roles());
            brought.check(submission, root, spec.life().artifacts(), clock.instant());
            faults.refuseIfAny();
            checks.everRuns(root, spec);
            faults.refuseIfAny();
            Job job = Job.accepted(
                    ids.next(), old.team(), spec, priority.orElseThrow().value(), submission.actor(), clock.instant());
            sessions.keep(submission, team(known, submission.team()), List.of(job));
            rush.spend(submission, team(known, submission.team()), List.of(job), known.classes(), clock.instant());
            ArrayPlace place = spec.place();
            if (place != null && !submission.dry()) {
                arrays.reopen(place.array());
            }
            return written(submission, new Checked(List.of(job), List.of()), answer);
        });
    }

    @Transactional
    Job change(
            Submission submission,
            JobId id,
            @Nullable QueueName queue,
            @Nullable PriorityClassName priorityClass,
            @Nullable Long expected) {
        Known.View known = catalogue.hold();
        Job before = find(submission.team(), id);
        if (expected != null && expected != before.version()) {
            throw MusterException.etagMismatch(
                    "job", id.value(), "\"" + expected + "\"", "\"" + before.version() + "\"");
        }
        QueueName newQueue = Objects.requireNonNullElse(queue, before.spec().queue());
        PriorityClassName newClass =
                Objects.requireNonNullElse(priorityClass, before.spec().priorityClass());
        if (newQueue.equals(before.spec().queue())
                && newClass.equals(before.spec().priorityClass())) {
            return before;
        }
        if (!isWaiting(before.state())) {
            throw MusterException.invalid(new Fault(
                    queue == null ? "/priorityClass" : "/queue",
                    Fault.Kind.LOCKED,
                    "job '%s' is %s: its queue can only be changed while it waits or runs, its priority class while it waits"
                            .formatted(id, before.state()),
                    "Suspend it first, or let it go on"));
        }
        Faults faults = new Faults();
        Place root = Place.root(faults);
        Checks checks = new Checks(queues, team(known, before.team()), known);
        if (!newQueue.equals(before.spec().queue())) {
            checks.queue(root.at("queue"), newQueue);
        }
        Optional<PriorityClass> priority = checks.priorityClass(root.at("priorityClass"), newClass);
        faults.refuseIfAny();
        Job after = before.with(newQueue, newClass, priority.orElseThrow().value());
        checks.everRuns(root, after.spec());
        faults.refuseIfAny();
        if (!newClass.equals(before.spec().priorityClass())) {
            rush.spend(submission, team(known, before.team()), List.of(after), known.classes(), clock.instant());
        }
        if (submission.dry()) {
            return after;
        }
        Why why = Why.of("CHANGED", "%s changed queue or priority class".formatted(submission.actor()));
        if (!jobs.move(new JobMove(before, after, clock.instant(), submission.actor(), why))) {
            throw MusterException.conflict("job", id.value());
        }
        return after;
    }

    private static boolean isWaiting(JobState state) {
        return state == JobState.QUEUED || state == JobState.BLOCKED || state == JobState.SUSPENDED;
    }

    /** The policy is read where it matters: another round trip would be felt by every job. */
    private boolean leadersOnSpot(List<Candidate> candidates) {
        boolean isAnyLed = candidates.stream()
                .flatMap(candidate -> candidate.request().roles().stream())
                .anyMatch(Role::leader);
        return !isAnyLed || PolicyFields.leadersOnSpot(policies.current().values());
    }

    private Optional<JobSpec> spec(
            Candidate candidate,
            Team team,
            Map<PriorityClassName, PriorityClass> classes,
            Checks checks,
            Defaults defaults,
            Faults faults) {
        int before = faults.count();
        JobRequest request = candidate.request();
        Place place = candidate.place().in(faults);
        QueueName asked = request.queue() == null ? team.queue() : request.queue();
        if (asked == null) {
            place.at("spec").at("queue").required("a queue: team '%s' has no default".formatted(team.name()));
            return Optional.empty();
        }
        PriorityClassName named = request.priorityClass() == null ? team.priorityClass() : request.priorityClass();
        PriorityClassName priority = named == null ? PriorityClasses.DEFAULT : named;
        checks.queue(place.at("spec").at("queue"), asked);
        checks.priorityClass(place.at("spec").at("priorityClass"), priority);
        checks.secrets(place.at("spec").at("roles"), request.roles());
        if (faults.count() > before) {
            return Optional.empty();
        }
        Place callbacks = place.at("spec").at("callbacks");
        for (int i = 0; i < request.life().callbacks().size(); i++) {
            callbacks.at(i).at("url").read(request.life().callbacks().get(i).url(), addresses::checked);
        }
        JobSpec spec = defaults.spec(request, asked, priority, place);
        checks.everRuns(place, spec);
        return faults.count() > before ? Optional.empty() : Optional.of(spec);
    }

    private Answer once(Submission submission, Function<Known.View, Answer> work) {
        return keys.of(
                submission.actor(), submission.dry() ? null : submission.key(), () -> work.apply(catalogue.hold()));
    }

    private Answer written(Submission submission, Checked checked, Function<List<Job>, Answer> answer) {
        if (!submission.dry()) {
            write(List.of(checked));
        }
        return answer.apply(checked.jobs());
    }

    private void write(List<Checked> all) {
        List<Job> accepted = all.stream().flatMap(one -> one.jobs().stream()).toList();
        arrays.insert(all.stream().flatMap(one -> one.arrays().stream()).toList());
        jobs.insert(accepted);
        dependencies.insert(accepted);
        artifacts.named(accepted);
    }

    private Job find(TeamName team, JobId id) {
        return jobs.find(id)
                .filter(job -> job.team().equals(team))
                .orElseThrow(() -> MusterException.notFound("job", id.value()));
    }

    private static Team team(Known.View known, TeamName name) {
        return known.team(name).orElseThrow(() -> MusterException.notFound("team", name.value()));
    }
}
