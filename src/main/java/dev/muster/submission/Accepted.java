package dev.muster.submission;

import dev.muster.job.ArrayPlace;
import dev.muster.job.ArrayRequest;
import dev.muster.job.Job;
import dev.muster.job.JobArray;
import dev.muster.job.JobSpec;
import dev.muster.job.JobState;
import dev.muster.problem.Fault;
import dev.muster.problem.MusterException;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.TeamName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** The jobs of one request: each of its own, and the children of arrays, which share everything but their place. */
final class Accepted {
    private static final int MOST = 10_000;

    private final JobIds ids;
    private final TeamName team;
    private final String actor;
    private final Instant now;
    private final List<Job> jobs = new ArrayList<>();
    private final List<Candidate> owners = new ArrayList<>();
    private final Map<Candidate, JobArray> arrays = new IdentityHashMap<>();

    Accepted(JobIds ids, TeamName team, String actor, Instant now) {
        this.ids = ids;
        this.team = team;
        this.actor = actor;
        this.now = now;
    }

    void add(Candidate candidate, JobSpec spec, int priority) {
        ArrayRequest array = candidate.request().array();
        if (array == null) {
            job(candidate, spec, priority);
            return;
        }
        int size = array.indices().size();
        JobId id = ids.next();
        arrays.put(candidate, new JobArray(id, team, spec.name(), size, array.parallelism(), actor, now, null, null));
        // Once for all children: the planner knows what asks the same by its being the same.
        ArrayPlace place = new ArrayPlace(id, 0, size, array.parallelism());
        if (jobs.size() + size <= MOST) {
            array.indices().forEach(index -> job(candidate, spec.in(place.at(index)), priority));
        } else {
            throw tooMany(candidate.place().pointer(), jobs.size() + size);
        }
    }

    private void job(Candidate candidate, JobSpec spec, int priority) {
        jobs.add(Job.accepted(ids.next(), team, spec, priority, actor, now));
        owners.add(candidate);
    }

    private static MusterException tooMany(String pointer, int jobs) {
        return MusterException.invalid(new Fault(
                pointer + "/spec/array",
                Fault.Kind.TOO_MANY,
                "with it there are %d jobs: expected at most %d in one request".formatted(jobs, MOST),
                "Submit it in a request of its own"));
    }

    List<Job> jobs() {
        return jobs;
    }

    /** Whose each job is, in the order of the jobs. */
    List<Candidate> owners() {
        return owners;
    }

    List<JobArray> arrays() {
        return List.copyOf(arrays.values());
    }

    /** The arrays of the request by name. */
    Map<String, List<JobArray>> arraysByName() {
        Map<String, List<JobArray>> named = new HashMap<>();
        arrays.values().forEach(array -> named.computeIfAbsent(array.name(), name -> new ArrayList<>())
                .add(array));
        return named;
    }

    /** The same jobs; of an array with turns those are blocked whose turn it is not yet. */
    List<Job> inTurns(List<Job> bound) {
        if (arrays.values().stream().allMatch(array -> array.parallelism() == null)) {
            return bound;
        }
        Map<JobId, Integer> taken = new HashMap<>();
        List<Job> all = new ArrayList<>(bound.size());
        for (Job job : bound) {
            ArrayPlace place = job.spec().place();
            boolean late = place != null
                    && place.parallelism() != null
                    && job.state() == JobState.QUEUED
                    && taken.merge(place.array(), 1, Integer::sum) > place.parallelism();
            all.add(late ? job.blocked(job.spec().dependencies()) : job);
        }
        return all;
    }
}
