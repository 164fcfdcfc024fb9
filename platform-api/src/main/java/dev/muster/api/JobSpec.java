package dev.muster.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is asked. Defaults: the team's queue and priority class, no limits, no retries. {@code oneZone}: the whole gang on nodes of
 * one zone, whichever. {@code spark}: a Spark application, which makes the roles. {@code ttlAfterFinished}: deleted so long after its
 * end. {@code array}: many alike ones, to be sent to {@code /arrays}, or in a batch.
 * {@code endless}: a service, started again whatever it ended with.
 * {@code collocation}: PACK or SPREAD, a wish how the pods of each role lie to one another.
 * {@code templates}: whose values it takes where it says nothing itself.
 * {@code artifacts}: files that were uploaded before, for its pods.
 * {@code costCentre}: who pays, where that is not the team.
 * {@code jobSet}: with which others of its team it is listed, waited for and cancelled.
 * {@code interactive}: a session, which a person uses through a port; {@code idleTimeout}: ended when nobody has used it for so long.
 */
public record JobSpec(
        @Nullable String queue,
        @Nullable String priorityClass,
        List<RoleSpec> roles,
        @Nullable String maxRunTime,
        @Nullable String queueTimeout,
        @Nullable String startDeadline,
        @Nullable String grace,
        @Nullable Instant notBefore,
        @Nullable RetrySpec retry,
        @Nullable SuccessPolicy successPolicy,
        @Nullable FailurePolicy failurePolicy,
        @Nullable Boolean oneZone,
        @Nullable List<DependencySpec> dependsOn,
        @Nullable SparkSpec spark,
        @Nullable String ttlAfterFinished,
        @Nullable ArraySpec array,
        @Nullable Boolean endless,
        @Nullable List<CallbackSpec> callbacks,
        @Nullable String collocation,
        @Nullable List<String> templates,
        @Nullable List<ArtifactRef> artifacts,
        @Nullable String costCentre,
        @Nullable String jobSet,
        @Nullable InteractiveSpec interactive,
        @Nullable String idleTimeout) {
    /** In any zones, and that depends on nobody. */
    public JobSpec(
            @Nullable String queue,
            @Nullable String priorityClass,
            List<RoleSpec> roles,
            @Nullable String maxRunTime,
            @Nullable String queueTimeout,
            @Nullable String startDeadline,
            @Nullable String grace,
            @Nullable Instant notBefore,
            @Nullable RetrySpec retry,
            @Nullable SuccessPolicy successPolicy,
            @Nullable FailurePolicy failurePolicy) {
        this(
                queue,
                priorityClass,
                roles,
                maxRunTime,
                queueTimeout,
                startDeadline,
                grace,
                notBefore,
                retry,
                successPolicy,
                failurePolicy,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    /** Nothing said yet. */
    public static JobSpecDraft draft() {
        return new JobSpecDraft();
    }

    /** What is said here, to be changed part by part. */
    public JobSpecDraft edit() {
        return new JobSpecDraft()
                .queue(queue)
                .priorityClass(priorityClass)
                .roles(roles)
                .maxRunTime(maxRunTime)
                .queueTimeout(queueTimeout)
                .startDeadline(startDeadline)
                .grace(grace)
                .notBefore(notBefore)
                .retry(retry)
                .successPolicy(successPolicy)
                .failurePolicy(failurePolicy)
                .oneZone(oneZone)
                .dependsOn(dependsOn)
                .spark(spark)
                .ttlAfterFinished(ttlAfterFinished)
                .array(array)
                .endless(endless)
                .callbacks(callbacks)
                .collocation(collocation)
                .templates(templates)
                .artifacts(artifacts)
                .costCentre(costCentre)
                .jobSet(jobSet)
                .interactive(interactive)
                .idleTimeout(idleTimeout);
    }

    /** The same that a person uses through this port, and that ends when nobody does. */
    public JobSpec used(InteractiveSpec through, @Nullable String idle) {
        return edit().interactive(through).idleTimeout(idle).spec();
    }

    /** The same with these files. */
    public JobSpec with(List<ArtifactRef> files) {
        return edit().artifacts(files).spec();
    }

    /** The same in that job set. */
    public JobSpec in(String set) {
        return edit().jobSet(set).spec();
    }
}
