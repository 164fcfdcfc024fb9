package dev.muster.web;

import dev.muster.api.JobSet;
import dev.muster.api.Metadata;
import dev.muster.api.Page;
import dev.muster.job.Job;
import dev.muster.job.JobState;
import dev.muster.postgres.JobSetStore;
import dev.muster.postgres.JobStore;
import dev.muster.problem.MusterException;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.JobSetName;
import dev.muster.quota.name.TeamName;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Sets of jobs as they go over the wire. */
@ApplicationScoped
public class JobSetReading {
    private static final String OPEN = "OPEN";

    private final JobSetStore sets;
    private final JobStore jobs;
    private final PageTokens tokens;

    JobSetReading(JobSetStore sets, JobStore jobs, PageTokens tokens) {
        this.sets = sets;
        this.jobs = jobs;
        this.tokens = tokens;
    }

    /** By name. */
    Page<JobSet> list(TeamName team, int pageSize, @Nullable String pageToken) {
        String list = "jobSets\n" + team;
        List<dev.muster.job.JobSet> found = sets.list(team, tokens.open(list, pageToken), pageSize + 1);
        List<dev.muster.job.JobSet> page = found.size() > pageSize ? found.subList(0, pageSize) : found;
        return new Page<>(
                views(page),
                found.size() > pageSize
                        ? tokens.make(list, page.get(pageSize - 1).name().value())
                        : null);
    }

    /** @throws MusterException where no job of the team is of it */
    JobSet one(TeamName team, JobSetName name) {
        return views(List.of(sets.find(team, name)
                        .orElseThrow(() -> MusterException.notFound("job set of team " + team, name.value()))))
                .get(0);
    }

    private List<JobSet> views(List<dev.muster.job.JobSet> sets) {
        Map<JobId, Job> failed =
                jobs
                        .find(sets.stream()
                                .map(dev.muster.job.JobSet::firstFailure)
                                .filter(Objects::nonNull)
                                .toList())
                        .stream()
                        .collect(Collectors.toMap(Job::id, Function.identity()));
        return sets.stream().map(set -> view(set, failed)).toList();
    }

    private static JobSet view(dev.muster.job.JobSet set, Map<JobId, Job> failed) {
        Map<String, Long> counts = new TreeMap<>();
        set.jobs().forEach((state, count) -> counts.put(state.name(), count));
        Job first = set.firstFailure() == null ? null : failed.get(set.firstFailure());
        return new JobSet(
                JobSet.KIND,
                new Metadata(set.name().value(), set.team().value(), null, null, null, null, null),
                new JobSet.Status(
                        set.end().map(JobState::name).orElse(OPEN),
                        counts,
                        set.began(),
                        set.end().isPresent() ? set.lastEnd() : null,
                        first == null
                                ? null
                                : new JobSet.Failure(
                                        first.id().value(),
                                        first.spec().name(),
                                        first.finishedAt(),
                                        JobView.outcome(first.outcome()))));
    }
}
