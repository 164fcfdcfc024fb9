package dev.muster.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is asked. Defaults: the team's queue and priority class, no limits, no retries. */
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
        @Nullable FailurePolicy failurePolicy) {}
