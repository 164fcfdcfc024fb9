package dev.muster.submission;

import dev.muster.job.Job;
import dev.muster.job.JobArray;
import dev.muster.job.JobState;
import dev.muster.postgres.ArrayStore;
import dev.muster.postgres.JobQuery;
import dev.muster.postgres.JobStore;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.TeamName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Whom jobs of one request may wait for, by the words that they say: each word is looked up once, however many children say it. */
final class Targets {
    private final JobStore jobs;
    private final ArrayStore arrays;
    private final TeamName team;
    private final Map<String, List<Target>> found = new HashMap<>();
    /** Children by array and index. */
    private final Map<JobId, Map<Integer, JobId>> children = new HashMap<>();

    /** A job or an array, and how it stands; an array that has not ended counts as RUNNING. */
    record Target(JobId id, JobState state, boolean isArray) {}

    Targets(Accepted accepted, TeamName team, JobStore jobs, ArrayStore arrays) {
        this.jobs = jobs;
        this.arrays = arrays;
        this.team = team;
        for (Job job : accepted.jobs()) {
            found.computeIfAbsent(job.spec().name(), name -> new ArrayList<>()).add(target(job));
            if (job.spec().place() != null) {
                children.computeIfAbsent(job.spec().place().array(), id -> new HashMap<>())
                        .put(job.spec().place().index(), job.id());
            }
        }
        accepted.arraysByName()
                .forEach((name, made) -> made.forEach(array ->
                        found.computeIfAbsent(name, any -> new ArrayList<>()).add(target(array))));
    }

    List<Target> find(String word) {
        return found.computeIfAbsent(word, this::known);
    }

    /** The child of that index; empty where {@code array} is none, or has none. */
    Optional<Target> child(Target array, int index) {
        if (!array.isArray()) {
            return Optional.empty();
        }
        JobId child = children.computeIfAbsent(array.id(), arrays::byIndex).get(index);
        if (child == null) {
            return Optional.empty();
        }
        // One of the request itself has not begun; of another the dependency is looked at again before it is kept.
        return Optional.of(new Target(child, JobState.QUEUED, false));
    }

    private List<Target> known(String word) {
        try {
            JobId id = new JobId(word);
            Optional<Target> byId = jobs.find(id)
                    .filter(job -> job.team().equals(team))
                    .map(Targets::target)
                    .or(() -> arrays.find(id)
                            .filter(array -> array.team().equals(team))
                            .map(Targets::target));
            if (byId.isPresent()) {
                return List.of(byId.get());
            }
        } catch (IllegalArgumentException e) {
            // No id; a name it may not be either, and then nothing is found.
        }
        List<Target> named = new ArrayList<>();
        jobs.list(JobQuery.newest(2).in(team).called(word)).jobs().forEach(job -> named.add(target(job)));
        arrays.called(team, word).forEach(array -> named.add(target(array)));
        return named;
    }

    private static Target target(Job job) {
        return new Target(job.id(), job.state(), false);
    }

    private static Target target(JobArray array) {
        return new Target(array.id(), Objects.requireNonNullElse(array.state(), JobState.RUNNING), true);
    }
}
