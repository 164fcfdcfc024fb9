package dev.muster.web;

import dev.muster.api.FailurePolicy;
import dev.muster.api.RetryRule;
import dev.muster.api.RetrySpec;
import dev.muster.api.RetryWhen;
import dev.muster.api.SuccessPolicy;
import dev.muster.job.Category;
import dev.muster.job.CompletionRules;
import dev.muster.job.LostPods;
import dev.muster.job.RetryChange;
import dev.muster.job.RetryRules;
import dev.muster.job.Role;
import dev.muster.problem.Fault;
import dev.muster.problem.MusterException;
import dev.muster.problem.Place;
import dev.muster.quota.name.RoleName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** When a job is tried again, when it has succeeded, and what failures it survives. */
final class RetryReader {
    private static final int MOST_RETRIES = 100;
    private static final List<String> USERS_CATEGORIES = Arrays.stream(Category.values())
            .filter(Category::spendsUsersRetries)
            .map(Category::name)
            .toList();

    /** Where an attempt was made that a next one can do better. */
    private static final List<String> CHANGEABLE = Arrays.stream(Category.values())
            .filter(category -> !category.isFree())
            .map(Category::name)
            .toList();

    /** How pods are lost. */
    private static final List<String> LOSSES = Stream.of(
                    Category.USER_ERROR,
                    Category.OOM,
                    Category.DISK_FULL,
                    Category.PREEMPTED,
                    Category.SPOT_INTERRUPTED,
                    Category.NODE_LOST)
            .map(Category::name)
            .toList();

    private static final Duration LONGEST_PAUSE = Duration.ofHours(24);

    private final Map<String, Role> roles;

    RetryReader(List<Role> roles) {
        this.roles = roles.stream().collect(Collectors.toMap(role -> role.name().value(), role -> role, (a, b) -> a));
    }

    /** {@code max} without rules retries every failure that is the user's. */
    RetryRules retry(Place place, @Nullable RetrySpec sent) {
        if (sent == null) {
            return RetryRules.NONE;
        }
        int most = Objects.requireNonNullElse(sent.max(), 0);
        int platform = Objects.requireNonNullElse(sent.platformMax(), RetryRules.NONE.platformRetries());
        boolean bounded = place.at("max").between(most, 0, MOST_RETRIES)
                & place.at("platformMax").between(platform, 0, MOST_RETRIES);
        List<RetryRules.Rule> rules = new ArrayList<>();
        List<RetryRule> list = place.at("rules").bounded(sent.rules(), Limits.RETRY_RULES);
        for (int i = 0; i < list.size(); i++) {
            rules.add(rule(place.at("rules").at(i), list.get(i)));
        }
        if (sent.rules() == null && most > 0) {
            rules.add(new RetryRules.Rule(null, null, null, true));
        }
        LostPods lostPods = lostPods(place.at("lostPods"), sent.lostPods());
        Duration pause = place.at("pause").read(sent.pause(), DurationText::parse);
        if (pause != null && pause.compareTo(LONGEST_PAUSE) > 0) {
            place.at("pause").bad(sent.pause(), "at most 24h");
        }
        return bounded
                ? new RetryRules(most, rules, platform, lostPods, pause == null || pause.isZero() ? null : pause)
                : RetryRules.NONE;
    }

    private static LostPods lostPods(Place place, @Nullable String sent) {
        for (LostPods each : LostPods.values()) {
            if (each.name().equals(sent)) {
                return each;
            }
        }
        if (sent != null) {
            place.bad(sent, "RESTART or REPLACE");
        }
        return LostPods.RESTART;
    }

    CompletionRules completion(Place spec, @Nullable SuccessPolicy success, @Nullable FailurePolicy failure) {
        Place rolesAt = spec.at("successPolicy").at("roles");
        Set<RoleName> succeed = new LinkedHashSet<>();
        if (success != null && (success.roles() == null || success.roles().isEmpty())) {
            rolesAt.required("at least one role");
        }
        List<String> named = rolesAt.bounded(success == null ? null : success.roles(), Limits.ROLES);
        for (int i = 0; i < named.size(); i++) {
            role(rolesAt.at(i), named.get(i)).map(Role::name).ifPresent(succeed::add);
        }
        if (succeed.isEmpty()) {
            Optional<Role> leader = roles.values().stream().filter(Role::leader).findFirst();
            leader.ifPresentOrElse(
                    role -> succeed.add(role.name()), () -> roles.values().forEach(role -> succeed.add(role.name())));
        }
        Map<RoleName, Integer> tolerated = new HashMap<>();
        Place failuresAt = spec.at("failurePolicy").at("toleratedFailures");
        failuresAt
                .bounded(failure == null ? null : failure.toleratedFailures(), Limits.ROLES)
                .forEach((name, count) -> {
                    Optional<Role> role = role(failuresAt.at(name), name);
                    if (role.isPresent()
                            && failuresAt
                                    .at(name)
                                    .between(
                                            count,
                                            0,
                                            role.get().maximum()
                                                    - (succeed.contains(
                                                                    role.get().name())
                                                            ? 1
                                                            : 0))) {
                        tolerated.put(role.get().name(), count);
                    }
                });
        return new CompletionRules(succeed, tolerated);
    }

    private RetryRules.Rule rule(Place place, RetryRule sent) {
        boolean retry = "RETRY".equals(sent.action());
        if (!retry && !"FAIL".equals(sent.action())) {
            place.at("action").bad(String.valueOf(sent.action()), "RETRY or FAIL");
        }
        RetryChange change = sent.change() == null ? null : change(place.at("change"), sent.change(), retry);
        RetryWhen when = sent.when();
        if (when == null) {
            return new RetryRules.Rule(null, null, null, retry, null, change);
        }
        Place at = place.at("when");
        if (when.exitCode() != null) {
            at.at("exitCode").between(when.exitCode(), 0, 255);
        }
        RoleName role = when.role() == null
                ? null
                : role(at.at("role"), when.role()).map(Role::name).orElse(null);
        return new RetryRules.Rule(
                category(at.at("category"), when.category(), sent.change() != null),
                when.exitCode(),
                role,
                retry,
                lost(at.at("lost"), when.lost()),
                change);
    }

    private static @Nullable RetryChange change(Place place, dev.muster.api.RetryChange sent, boolean retry) {
        if (!retry) {
            place.fault(
                    Fault.Kind.CONTRADICTION,
                    "there is no next attempt where the action is FAIL",
                    "Leave it out, or set the action to RETRY");
            return null;
        }
        RetryChange.Avoid avoid = null;
        if (sent.avoid() != null) {
            try {
                avoid = RetryChange.Avoid.valueOf(sent.avoid());
            } catch (IllegalArgumentException e) {
                place.at("avoid").bad(sent.avoid(), "NODE or POOL");
            }
        }
        Integer memory = null;
        if (sent.memory() != null) {
            double percent = sent.memory() * 100;
            if (percent >= RetryChange.LEAST_PERCENT && percent <= RetryChange.MOST_PERCENT) {
                memory = (int) Math.round(percent);
            } else {
                place.at("memory").bad(sent.memory(), "1.01 to 4 times the memory");
            }
        }
        if (sent.spot() != null && !sent.spot().equals("never")) {
            place.at("spot").bad(sent.spot(), "never");
        }
        if (sent.avoid() == null && sent.memory() == null && sent.spot() == null) {
            place.required("avoid, memory or spot");
        }
        boolean offSpot = "never".equals(sent.spot());
        return avoid == null && memory == null && !offSpot ? null : new RetryChange(avoid, memory, offSpot);
    }

    /** The platform's categories are tried again whatever the job says; it may say what changes then. */
    private static @Nullable Category category(Place place, @Nullable String sent, boolean changes) {
        List<String> known = changes ? CHANGEABLE : USERS_CATEGORIES;
        if (sent == null) {
            return null;
        }
        if (!known.contains(sent)) {
            place.fault(
                    Fault.Kind.BAD_VALUE,
                    "'%s': expected one of %s".formatted(MusterException.shown(sent), known),
                    "What is the platform's fault is retried by the platform, as often as platformMax says");
            return null;
        }
        return Category.valueOf(sent);
    }

    private static @Nullable Category lost(Place place, @Nullable String sent) {
        if (sent != null && !LOSSES.contains(sent)) {
            place.bad(sent, "one of " + LOSSES);
            return null;
        }
        return sent == null ? null : Category.valueOf(sent);
    }

    private Optional<Role> role(Place place, String name) {
        Role role = roles.get(name);
        if (role == null) {
            place.fault(
                    Fault.Kind.UNKNOWN_REFERENCE,
                    "the job has no role '%s'".formatted(MusterException.shown(name)),
                    MusterException.didYouMean(name, roles.keySet()));
        }
        return Optional.ofNullable(role);
    }
}
