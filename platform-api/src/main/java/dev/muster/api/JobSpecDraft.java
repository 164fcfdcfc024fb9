package dev.muster.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The spec of a job, part by part: what is not said is absent. Each call changes this draft and gives it back. */
public final class JobSpecDraft {
    private @Nullable String queue;
    private @Nullable String priorityClass;
    private @Nullable List<RoleSpec> roles;
    private @Nullable String maxRunTime;
    private @Nullable String queueTimeout;
    private @Nullable String startDeadline;
    private @Nullable String grace;
    private @Nullable Instant notBefore;
    private @Nullable RetrySpec retry;
    private @Nullable SuccessPolicy successPolicy;
    private @Nullable FailurePolicy failurePolicy;
    private @Nullable Boolean oneZone;
    private @Nullable List<DependencySpec> dependsOn;
    private @Nullable SparkSpec spark;
    private @Nullable String ttlAfterFinished;
    private @Nullable ArraySpec array;
    private @Nullable Boolean endless;
    private @Nullable List<CallbackSpec> callbacks;
    private @Nullable String collocation;
    private @Nullable List<String> templates;
    private @Nullable List<ArtifactRef> artifacts;
    private @Nullable String costCentre;
    private @Nullable String jobSet;
    private @Nullable InteractiveSpec interactive;
    private @Nullable String idleTimeout;

    public JobSpecDraft queue(@Nullable String said) {
        queue = said;
        return this;
    }

    public JobSpecDraft priorityClass(@Nullable String said) {
        priorityClass = said;
        return this;
    }

    public JobSpecDraft roles(@Nullable List<RoleSpec> said) {
        roles = said;
        return this;
    }

    public JobSpecDraft maxRunTime(@Nullable String said) {
        maxRunTime = said;
        return this;
    }

    public JobSpecDraft queueTimeout(@Nullable String said) {
        queueTimeout = said;
        return this;
    }

    public JobSpecDraft startDeadline(@Nullable String said) {
        startDeadline = said;
        return this;
    }

    public JobSpecDraft grace(@Nullable String said) {
        grace = said;
        return this;
    }

    public JobSpecDraft notBefore(@Nullable Instant said) {
        notBefore = said;
        return this;
    }

    public JobSpecDraft retry(@Nullable RetrySpec said) {
        retry = said;
        return this;
    }

    public JobSpecDraft successPolicy(@Nullable SuccessPolicy said) {
        successPolicy = said;
        return this;
    }

    public JobSpecDraft failurePolicy(@Nullable FailurePolicy said) {
        failurePolicy = said;
        return this;
    }

    public JobSpecDraft oneZone(@Nullable Boolean said) {
        oneZone = said;
        return this;
    }

    public JobSpecDraft dependsOn(@Nullable List<DependencySpec> said) {
        dependsOn = said;
        return this;
    }

    public JobSpecDraft spark(@Nullable SparkSpec said) {
        spark = said;
        return this;
    }

    public JobSpecDraft ttlAfterFinished(@Nullable String said) {
        ttlAfterFinished = said;
        return this;
    }

    public JobSpecDraft array(@Nullable ArraySpec said) {
        array = said;
        return this;
    }

    public JobSpecDraft endless(@Nullable Boolean said) {
        endless = said;
        return this;
    }

    public JobSpecDraft callbacks(@Nullable List<CallbackSpec> said) {
        callbacks = said;
        return this;
    }

    public JobSpecDraft collocation(@Nullable String said) {
        collocation = said;
        return this;
    }

    public JobSpecDraft templates(@Nullable List<String> said) {
        templates = said;
        return this;
    }

    public JobSpecDraft artifacts(@Nullable List<ArtifactRef> said) {
        artifacts = said;
        return this;
    }

    public JobSpecDraft costCentre(@Nullable String said) {
        costCentre = said;
        return this;
    }

    public JobSpecDraft jobSet(@Nullable String said) {
        jobSet = said;
        return this;
    }

    public JobSpecDraft interactive(@Nullable InteractiveSpec said) {
        interactive = said;
        return this;
    }

    public JobSpecDraft idleTimeout(@Nullable String said) {
        idleTimeout = said;
        return this;
    }

    public JobSpec spec() {
        return new JobSpec(
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
                oneZone,
                dependsOn,
                spark,
                ttlAfterFinished,
                array,
                endless,
                callbacks,
                collocation,
                templates,
                artifacts,
                costCentre,
                jobSet,
                interactive,
                idleTimeout);
    }
}
