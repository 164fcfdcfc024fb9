package dev.muster.web;

import dev.muster.api.JobArray;
import dev.muster.api.Metadata;
import dev.muster.api.Page;
import dev.muster.job.ArrayPlace;
import dev.muster.job.Job;
import dev.muster.job.JobState;
import dev.muster.postgres.ArrayStore;
import dev.muster.problem.MusterException;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.TeamName;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Arrays as they go over the wire. */
@ApplicationScoped
public class ArrayReading {
    private static final String OPEN = "OPEN";

    private final ArrayStore arrays;
    private final PageTokens tokens;

    ArrayReading(ArrayStore arrays, PageTokens tokens) {
        this.arrays = arrays;
        this.tokens = tokens;
    }

    /** @throws MusterException where there is no such array, or it is another team's */
    dev.muster.job.JobArray find(String team, String array) {
        TeamName of = JobLookup.team(team);
        return arrays.find(Parameters.name("array id", array, JobId::new))
                .filter(found -> of == null || found.team().equals(of))
                .orElseThrow(() -> MusterException.notFound(of == null ? "array" : "array of team " + of, array));
    }

    /** As it is now. */
    JobArray view(dev.muster.job.JobArray array) {
        dev.muster.job.JobArray now = arrays.find(array.id()).orElse(array);
        return view(now, arrays.children(List.of(array.id())).getOrDefault(array.id(), Map.of()));
    }

    /** Newest first. */
    Page<JobArray> list(@Nullable TeamName team, int pageSize, @Nullable String pageToken) {
        String list = "arrays\n" + team;
        String before = tokens.open(list, pageToken);
        List<dev.muster.job.JobArray> found =
                arrays.list(team, before == null ? null : new JobId(before), pageSize + 1);
        List<dev.muster.job.JobArray> page = found.size() > pageSize ? found.subList(0, pageSize) : found;
        Map<JobId, Map<JobState, Long>> children =
                arrays.children(page.stream().map(dev.muster.job.JobArray::id).toList());
        return new Page<>(
                page.stream()
                        .map(array -> view(array, children.getOrDefault(array.id(), Map.of())))
                        .toList(),
                found.size() > pageSize
                        ? tokens.make(list, page.get(pageSize - 1).id().value())
                        : null);
    }

    /** One that was just accepted, or tried. */
    static JobArray accepted(List<Job> jobs, TeamName team, boolean dry) {
        Job first = jobs.get(0);
        ArrayPlace place = Objects.requireNonNull(first.spec().place());
        String name = first.spec().name();
        Map<JobState, Long> children = new EnumMap<>(JobState.class);
        jobs.forEach(job -> children.merge(job.state(), 1L, Long::sum));
        JobArray view = view(
                new dev.muster.job.JobArray(
                        place.array(),
                        team,
                        name.substring(0, name.lastIndexOf('-')),
                        place.size(),
                        place.parallelism(),
                        first.submittedBy(),
                        first.submittedAt(),
                        null,
                        null),
                children);
        Metadata metadata = view.metadata();
        return dry
                ? new JobArray(
                        JobArray.KIND,
                        new Metadata(metadata.name(), metadata.team(), null, null, null, null, null),
                        view.spec(),
                        view.status())
                : view;
    }

    private static JobArray view(dev.muster.job.JobArray array, Map<JobState, Long> children) {
        Map<String, Long> counts = new TreeMap<>();
        children.forEach((state, count) -> counts.put(state.name(), count));
        return new JobArray(
                JobArray.KIND,
                new Metadata(
                        array.name(), array.team().value(), array.id().value(), null, null, null, array.submittedAt()),
                new JobArray.Spec(array.size(), array.parallelism()),
                new JobArray.Status(
                        array.state() == null ? OPEN : array.state().name(),
                        counts,
                        array.submittedAt(),
                        array.submittedBy(),
                        array.endedAt()));
    }
}
