package dev.muster.submission;

import dev.muster.job.ArrayPlace;
import dev.muster.job.Dependency;
import dev.muster.job.Job;
import dev.muster.job.Need;
import dev.muster.postgres.ArrayStore;
import dev.muster.postgres.DependencyStore;
import dev.muster.postgres.JobStore;
import dev.muster.problem.Fault;
import dev.muster.problem.Faults;
import dev.muster.problem.MusterException;
import dev.muster.problem.Place;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.TeamName;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds whom the jobs of one request wait for: jobs of the request itself by name, others of the team by id or by name. */
@ApplicationScoped
class Needs {
    /** One mistake of ten thousand children is told once. */
    private static final int MOST_FAULTS = 20;

    private final JobStore jobs;
    private final DependencyStore dependencies;
    private final ArrayStore arrays;

    Needs(JobStore jobs, DependencyStore dependencies, ArrayStore arrays) {
        this.arrays = arrays;
        this.jobs = jobs;
        this.dependencies = dependencies;
    }

    /** {@code accepted} as they are to be kept: blocked where somebody is waited for. Faults where that cannot be. */
    List<Job> bind(Accepted accepted, TeamName team, Faults faults) {
        if (accepted.owners().stream().allMatch(one -> one.request().needs().isEmpty())) {
            return accepted.jobs();
        }
        Targets targets = new Targets(accepted, team, jobs, arrays);
        List<Job> bound = new ArrayList<>(accepted.jobs().size());
        for (int i = 0; i < accepted.jobs().size(); i++) {
            Job job = accepted.jobs().get(i);
            Candidate owner = accepted.owners().get(i);
            List<Need> needs = owner.request().needs();
            Place place = owner.place().in(faults).at("spec").at("dependsOn");
            Set<Dependency> found = new LinkedHashSet<>();
            for (int k = 0; k < needs.size() && faults.count() < MOST_FAULTS; k++) {
                find(job, needs.get(k), place.at(k), targets, team).ifPresent(found::add);
            }
            bound.add(found.isEmpty() ? job : job.blocked(List.copyOf(found)));
        }
        Circles.refuse(accepted, bound, faults);
        return faults.isEmpty() ? unblocked(bound) : bound;
    }

    private Optional<Dependency> find(Job job, Need need, Place place, Targets targets, TeamName team) {
        List<Targets.Target> found = targets.find(need.job());
        if (found.isEmpty()) {
            place.at("job")
                    .fault(
                            Fault.Kind.UNKNOWN_REFERENCE,
                            "team '%s' has no job '%s'".formatted(team, MusterException.shown(need.job())),
                            "Name it by its id, or submit both in one request");
            return Optional.empty();
        }
        if (found.size() > 1) {
            place.at("job")
                    .fault(
                            Fault.Kind.BAD_VALUE,
                            "'%s': there are several jobs of that name".formatted(MusterException.shown(need.job())),
                            "Name it by its id");
            return Optional.empty();
        }
        Targets.Target other = found.get(0);
        ArrayPlace own = job.spec().place();
        if (need.sameIndex()) {
            Optional<Targets.Target> child = own == null ? Optional.empty() : targets.child(other, own.index());
            if (child.isEmpty()) {
                place.at("sameIndex")
                        .fault(
                                Fault.Kind.CONTRADICTION,
                                own == null
                                        ? "job '%s' is no array and has no index"
                                                .formatted(job.spec().name())
                                        : "'%s' has no child with index %d".formatted(need.job(), own.index()),
                                "Both have to be arrays of the same indices");
                return Optional.empty();
            }
            other = child.get();
        }
        if (other.id().equals(job.id()) || (own != null && other.id().equals(own.array()))) {
            place.at("job").fault(Fault.Kind.CONTRADICTION, "it would wait for itself", "Name another job");
            return Optional.empty();
        }
        Dependency dependency = new Dependency(other.id(), need.on());
        if (dependency.answer(other.state()) == Dependency.Answer.NEVER) {
            place.at("on")
                    .fault(
                            Fault.Kind.NOT_ALLOWED,
                            "job '%s' is %s: that it is %s will never be"
                                    .formatted(need.job(), other.state(), need.on()),
                            "Rerun it and wait for the new one");
            return Optional.empty();
        }
        return Optional.of(dependency);
    }

    /** Who waits only for what is over already does not wait. */
    private List<Job> unblocked(List<Job> bound) {
        Set<JobId> needed = new HashSet<>();
        bound.forEach(job -> job.spec().dependencies().forEach(one -> needed.add(one.job())));
        var states = dependencies.states(needed);
        return bound.stream()
                .map(job -> !job.spec().dependencies().isEmpty()
                                && job.spec().dependencies().stream()
                                        .allMatch(one -> states.containsKey(one.job())
                                                && one.answer(states.get(one.job())) == Dependency.Answer.MET)
                        ? Job.accepted(
                                job.id(), job.team(), job.spec(), job.priority(), job.submittedBy(), job.submittedAt())
                        : job)
                .toList();
    }
}
