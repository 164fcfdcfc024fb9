package dev.muster.submission;

import dev.muster.job.Dependency;
import dev.muster.job.Job;
import dev.muster.job.Need;
import dev.muster.postgres.DependencyStore;
import dev.muster.postgres.JobQuery;
import dev.muster.postgres.JobStore;
import dev.muster.problem.Fault;
import dev.muster.problem.Faults;
import dev.muster.problem.MusterException;
import dev.muster.problem.Place;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.TeamName;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds whom the jobs of one request wait for: jobs of the request itself by name, others of the team by id or by name. */
@ApplicationScoped
class Needs {
    private final JobStore jobs;
    private final DependencyStore dependencies;

    Needs(JobStore jobs, DependencyStore dependencies) {
        this.jobs = jobs;
        this.dependencies = dependencies;
    }

    /** {@code accepted} as they are to be kept: blocked where somebody is waited for. Faults where that cannot be. */
    List<Job> bind(List<Candidate> candidates, List<Job> accepted, TeamName team, Faults faults) {
        if (candidates.stream().allMatch(one -> one.request().needs().isEmpty())) {
            return accepted;
        }
        Map<String, List<Job>> named = new HashMap<>();
        accepted.forEach(job -> named.computeIfAbsent(job.spec().name(), name -> new ArrayList<>())
                .add(job));
        List<Job> bound = new ArrayList<>(accepted.size());
        for (int i = 0; i < accepted.size(); i++) {
            Job job = accepted.get(i);
            List<Need> needs = candidates.get(i).request().needs();
            Place place = candidates.get(i).place().in(faults).at("spec").at("dependsOn");
            Set<Dependency> found = new LinkedHashSet<>();
            for (int k = 0; k < needs.size(); k++) {
                find(job, needs.get(k), place.at(k), named, team).ifPresent(found::add);
            }
            bound.add(found.isEmpty() ? job : job.blocked(List.copyOf(found)));
        }
        refuseCircles(candidates, bound, faults);
        return faults.isEmpty() ? unblocked(bound) : bound;
    }

    private Optional<Dependency> find(Job job, Need need, Place place, Map<String, List<Job>> named, TeamName team) {
        List<Job> own = named.getOrDefault(need.job(), List.of());
        List<Job> found = own.isEmpty() ? known(need.job(), team) : own;
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
        Job other = found.get(0);
        if (other.id().equals(job.id())) {
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

    private List<Job> known(String name, TeamName team) {
        try {
            Optional<Job> byId =
                    jobs.find(new JobId(name)).filter(job -> job.team().equals(team));
            if (byId.isPresent()) {
                return List.of(byId.get());
            }
        } catch (IllegalArgumentException e) {
            // No id; a name it may not be either, and then nothing is found.
        }
        return jobs.list(JobQuery.newest(2).in(team).called(name)).jobs();
    }

    /** Only within a request can two wait for each other: all others were there before. */
    private static void refuseCircles(List<Candidate> candidates, List<Job> bound, Faults faults) {
        Map<JobId, Integer> index = new HashMap<>();
        for (int i = 0; i < bound.size(); i++) {
            index.put(bound.get(i).id(), i);
        }
        int[] seen = new int[bound.size()];
        for (int start = 0; start < bound.size(); start++) {
            List<Integer> circle = circle(start, bound, index, seen);
            if (circle != null) {
                List<String> names = new ArrayList<>(
                        circle.stream().map(i -> bound.get(i).spec().name()).toList());
                names.add(names.get(0));
                candidates
                        .get(circle.get(0))
                        .place()
                        .in(faults)
                        .at("spec")
                        .at("dependsOn")
                        .fault(
                                Fault.Kind.CONTRADICTION,
                                "a circle: %s".formatted(String.join(" waits for ", names)),
                                "One of them must not wait");
                return;
            }
        }
    }

    /** Depth first, without recursion: a chain may be ten thousand long. {@code seen}: 0 not yet, 1 on the way, 2 done. */
    private static @Nullable List<Integer> circle(int start, List<Job> bound, Map<JobId, Integer> index, int[] seen) {
        List<Integer> way = new ArrayList<>();
        List<Iterator<Dependency>> left = new ArrayList<>();
        if (seen[start] == 0) {
            seen[start] = 1;
            way.add(start);
            left.add(bound.get(start).spec().dependencies().iterator());
        }
        while (!way.isEmpty()) {
            int last = way.size() - 1;
            if (!left.get(last).hasNext()) {
                seen[way.remove(last)] = 2;
                left.remove(last);
                continue;
            }
            Integer next = index.get(left.get(last).next().job());
            if (next == null || seen[next] == 2) {
                continue;
            }
            if (seen[next] == 1) {
                return List.copyOf(way.subList(way.indexOf(next), way.size()));
            }
            seen[next] = 1;
            way.add(next);
            left.add(bound.get(next).spec().dependencies().iterator());
        }
        return null;
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
