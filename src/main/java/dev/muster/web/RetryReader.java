package dev.muster.web;

import dev.muster.api.FailurePolicy;
import dev.muster.api.RetryRule;
import dev.muster.api.RetrySpec;
import dev.muster.api.RetryWhen;
import dev.muster.api.SuccessPolicy;
import dev.muster.job.Category;
import dev.muster.job.CompletionRules;
import dev.muster.job.LostPods;
import dev.muster.job.RetryRules;
import dev.muster.job.Role;
import dev.muster.problem.Fault;
import dev.muster.problem.MusterException;
import dev.muster.problem.Place;
import dev.muster.quota.name.RoleName;
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
import org.jspecify.annotations.Nullable;

/** When a job is tried again, when it has succeeded, and what failures it survives. */
final class RetryReader {
    private static final int MOST_RETRIES = 100;
    private static final List<String> USERS_CATEGORIES = Arrays.stream(Category.values())
            .filter(Category::spendsUsersRetries)
            .map(Category::name)
            .toList();

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
        return bounded ? new RetryRules(most, rules, platform, lostPods) : RetryRules.NONE;
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
        RetryWhen when = sent.when();
        if (when == null) {
            return new RetryRules.Rule(null, null, null, retry);
        }
        Place at = place.at("when");
        if (when.exitCode() != null) {
            at.at("exitCode").between(when.exitCode(), 0, 255);
        }
        RoleName role = when.role() == null
                ? null
                : role(at.at("role"), when.role()).map(Role::name).orElse(null);
        return new RetryRules.Rule(category(at.at("category"), when.category()), when.exitCode(), role, retry);
    }

    private static @Nullable Category category(Place place, @Nullable String sent) {
        if (sent == null) {
            return null;
        }
        if (!USERS_CATEGORIES.contains(sent)) {
            place.fault(
                    Fault.Kind.BAD_VALUE,
                    "'%s': expected one of %s".formatted(MusterException.shown(sent), USERS_CATEGORIES),
                    "What is the platform's fault is retried by the platform, as often as platformMax says");
            return null;
        }
        return Category.valueOf(sent);
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
