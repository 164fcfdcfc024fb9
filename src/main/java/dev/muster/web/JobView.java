package dev.muster.web;

import dev.muster.api.ArrayIndex;
import dev.muster.api.DependencySpec;
import dev.muster.api.FailurePolicy;
import dev.muster.api.JobForecast;
import dev.muster.api.JobSpec;
import dev.muster.api.JobStatus;
import dev.muster.api.Metadata;
import dev.muster.api.Outcome;
import dev.muster.api.Reason;
import dev.muster.api.RetryChange;
import dev.muster.api.RetryRule;
import dev.muster.api.RetrySpec;
import dev.muster.api.RetryWhen;
import dev.muster.api.SuccessPolicy;
import dev.muster.event.Why;
import dev.muster.job.ArrayPlace;
import dev.muster.job.Failure;
import dev.muster.job.Job;
import dev.muster.job.JobRequest;
import dev.muster.job.RetryRules;
import dev.muster.job.Role;
import dev.muster.quota.fit.Collocation;
import dev.muster.quota.name.JobSetName;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.RoleName;
import dev.muster.report.Forecasts;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A job as it goes over the wire, every default filled in: what is shown is what runs, and may be sent again. */
public final class JobView {
    private JobView() {}

    /** A job that is kept; {@code runningPods} by role, null where it is not asked for. */
    public static dev.muster.api.Job of(Job job, @Nullable Map<String, Integer> runningPods) {
        return new dev.muster.api.Job(
                dev.muster.api.Job.KIND, metadata(job, true), spec(job.spec()), status(job, runningPods));
    }

    /** A job that was only tried: it has no id. {@code now}: why it would start now, or wait. */
    static dev.muster.api.Job tried(
            Job job,
            dev.muster.quota.plan.@Nullable Reason now,
            List<Forecasts.Forecast> runs,
            SortedMap<RoleName, SortedMap<PoolName, String>> sizes) {
        return new dev.muster.api.Job(
                dev.muster.api.Job.KIND,
                metadata(job, false),
                spec(job.spec()),
                status(job, now == null ? null : reason(now), null)
                        .with(PodView.some(runs.stream().map(JobView::forecast).toList()), PodView.some(sizes(sizes))));
    }

    /** A job as who has submitted it is answered. */
    static dev.muster.api.Job accepted(Job job, SortedMap<RoleName, SortedMap<PoolName, String>> sizes) {
        dev.muster.api.Job view = of(job, null);
        return sizes.isEmpty() || view.status() == null
                ? view
                : new dev.muster.api.Job(
                        view.kind(), view.metadata(), view.spec(), view.status().with(null, sizes(sizes)));
    }

    private static Map<String, Map<String, String>> sizes(SortedMap<RoleName, SortedMap<PoolName, String>> sizes) {
        Map<String, Map<String, String>> words = new TreeMap<>();
        sizes.forEach((role, pools) -> {
            Map<String, String> ofRole = new TreeMap<>();
            pools.forEach((pool, sentence) -> ofRole.put(pool.value(), sentence));
            words.put(role.value(), ofRole);
        });
        return words;
    }

    private static JobForecast forecast(Forecasts.Forecast run) {
        Map<String, String> pools = new TreeMap<>();
        run.pools().forEach((role, pool) -> pools.put(role.value(), pool.value()));
        return new JobForecast(
                run.capacity().word(),
                pools,
                run.nodes(),
                DurationText.format(run.work()),
                run.run().map(each -> seconds(each.time())).orElse(null),
                run.run().map(each -> seconds(each.held())).orElse(null),
                run.run()
                        .map(each -> Math.round(each.interruptions() * 1000) / 1000.0)
                        .orElse(null),
                run.cost() == null ? null : run.cost().toPlainString());
    }

    private static String seconds(Duration time) {
        return DurationText.format(Duration.ofSeconds(time.plusMillis(500).toSeconds()));
    }

    /** What an If-Match compares with. */
    static String etag(long version) {
        return "\"" + version + "\"";
    }

    static Reason reason(dev.muster.quota.plan.Reason reason) {
        return new Reason(reason.code().name(), reason.message(), reason.hint(), PodView.some(reason.numbers()));
    }

    static Reason reason(Why why) {
        return new Reason(why.code(), why.message(), why.hint(), PodView.some(why.numbers()));
    }

    static @Nullable Outcome outcome(dev.muster.job.@Nullable Outcome outcome) {
        if (outcome == null) {
            return null;
        }
        Failure failure = outcome.failure();
        RoleName role = failure == null ? null : failure.role();
        return new Outcome(
                outcome.result().name(),
                failure == null ? null : failure.category().name(),
                role == null ? null : role.value(),
                failure == null ? null : failure.exitCode(),
                failure == null ? null : failure.message());
    }

    private static Metadata metadata(Job job, boolean isKept) {
        return new Metadata(
                job.spec().name(),
                job.team().value(),
                isKept ? job.id().value() : null,
                PodView.some(job.spec().labels()),
                PodView.some(job.spec().annotations()),
                isKept ? etag(job.version()) : null,
                job.submittedAt());
    }

    private static JobSpec spec(dev.muster.job.JobSpec spec) {
        return new JobSpec(
                spec.queue().value(),
                spec.priorityClass().value(),
                spec.roles().stream()
                        .map(role -> PodView.role(role, spec.labels(), spec.annotations()))
                        .toList(),
                text(spec.maxRunTime()),
                text(spec.queueTimeout()),
                text(spec.startDeadline()),
                text(spec.grace()),
                spec.notBefore(),
                spec.life().endless() ? null : retry(spec.retry()),
                new SuccessPolicy(spec.completion().succeedWith().stream()
                        .map(RoleName::value)
                        .sorted()
                        .toList()),
                failurePolicy(spec.completion().toleratedFailures()),
                spec.oneZone() ? true : null,
                PodView.some(spec.dependencies().stream()
                        .map(one ->
                                new DependencySpec(one.job().value(), one.on().name()))
                        .toList()),
                SparkView.of(spec.spark(), spec.labels(), spec.annotations()),
                text(spec.life().ttlAfterFinished()),
                null,
                spec.life().endless() ? true : null,
                PodView.some(CallbackReader.words(spec.life().callbacks())),
                collocation(spec.roles()),
                null,
                PodView.some(ArtifactReader.words(spec.life().artifacts())),
                spec.life().costCentre(),
                text(spec.set()),
                InteractiveReader.words(spec.life().interactive()),
                text(spec.life().idleTimeout()));
    }

    /** A job as it was asked for: without its team's defaults. */
    static JobSpec asked(JobRequest job) {
        return new JobSpec(
                job.queue() == null ? null : job.queue().value(),
                job.priorityClass() == null ? null : job.priorityClass().value(),
                job.roles().stream()
                        .map(role -> PodView.role(role, job.labels(), job.annotations()))
                        .toList(),
                text(job.maxRunTime()),
                text(job.queueTimeout()),
                text(job.startDeadline()),
                text(job.grace()),
                job.notBefore(),
                job.life().endless() ? null : retry(job.retry()),
                new SuccessPolicy(job.completion().succeedWith().stream()
                        .map(RoleName::value)
                        .sorted()
                        .toList()),
                failurePolicy(job.completion().toleratedFailures()),
                job.oneZone() ? true : null,
                null,
                SparkView.of(job.spark(), job.labels(), job.annotations()),
                text(job.life().ttlAfterFinished()),
                null,
                job.life().endless() ? true : null,
                PodView.some(CallbackReader.words(job.life().callbacks())),
                collocation(job.roles()),
                null,
                PodView.some(ArtifactReader.words(job.life().artifacts())),
                job.life().costCentre(),
                text(job.set()),
                InteractiveReader.words(job.life().interactive()),
                text(job.life().idleTimeout()));
    }

    private static JobStatus status(Job job, @Nullable Map<String, Integer> runningPods) {
        return status(job, job.reasons().isEmpty() ? null : reason(job.reasons().get(0)), runningPods);
    }

    private static JobStatus status(Job job, @Nullable Reason reason, @Nullable Map<String, Integer> runningPods) {
        return new JobStatus(
                        job.state().name(),
                        reason,
                        job.attempt() == 0 ? null : job.attempt(),
                        outcome(job.outcome()),
                        job.submittedAt(),
                        job.queuedAt(),
                        job.startedAt(),
                        job.finishedAt(),
                        runningPods)
                .with(array(job.spec().place()));
    }

    private static @Nullable ArrayIndex array(@Nullable ArrayPlace place) {
        return place == null ? null : new ArrayIndex(place.array().value(), place.index(), place.size());
    }

    /** Null where they have no wish; all roles have the same. */
    private static @Nullable String collocation(List<Role> roles) {
        return roles.stream()
                .map(role -> role.pod().collocation())
                .filter(wish -> wish != Collocation.NONE)
                .findFirst()
                .map(Collocation::name)
                .orElse(null);
    }

    private static RetrySpec retry(RetryRules rules) {
        return new RetrySpec(
                rules.retries(),
                PodView.some(rules.rules().stream().map(JobView::rule).toList()),
                rules.platformRetries(),
                rules.lostPods().name(),
                text(rules.pause()));
    }

    private static RetryRule rule(RetryRules.Rule rule) {
        boolean always =
                rule.category() == null && rule.exitCode() == null && rule.role() == null && rule.lost() == null;
        RetryWhen when = always
                ? null
                : new RetryWhen(
                        rule.category() == null ? null : rule.category().name(),
                        rule.exitCode(),
                        rule.role() == null ? null : rule.role().value(),
                        rule.lost() == null ? null : rule.lost().name());
        return new RetryRule(when, rule.retry() ? "RETRY" : "FAIL", change(rule.change()));
    }

    private static @Nullable RetryChange change(dev.muster.job.@Nullable RetryChange change) {
        return change == null
                ? null
                : new RetryChange(
                        change.avoid() == null ? null : change.avoid().name(),
                        change.memoryPercent() == null ? null : change.memoryPercent() / 100.0,
                        change.offSpot() ? "never" : null);
    }

    private static @Nullable FailurePolicy failurePolicy(Map<RoleName, Integer> tolerated) {
        return tolerated.isEmpty()
                ? null
                : new FailurePolicy(tolerated.entrySet().stream()
                        .collect(Collectors.toMap(
                                entry -> entry.getKey().value(), Map.Entry::getValue, (a, b) -> a, TreeMap::new)));
    }

    private static @Nullable String text(@Nullable JobSetName set) {
        return set == null ? null : set.value();
    }

    private static @Nullable String text(@Nullable Duration duration) {
        return duration == null ? null : DurationText.format(duration);
    }
}
