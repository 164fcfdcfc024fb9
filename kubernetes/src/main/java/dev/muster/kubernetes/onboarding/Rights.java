package dev.muster.kubernetes.onboarding;

import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What a driver may do in its team's namespace (a Spark driver makes its executors), and which rights are too many: those by
 * which it could give itself or others more.
 */
final class Rights {
    static final List<String> VERBS =
            List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");

    private static final Set<String> GIVING = Set.of("escalate", "bind", "impersonate");
    private static final Set<String> WRITING = Set.of("create", "update", "patch", "delete", "deletecollection");
    private static final Set<String> RBAC = Set.of("roles", "rolebindings", "clusterroles", "clusterrolebindings");

    private Rights() {}

    static List<PolicyRule> ofDriver() {
        return List.of(new PolicyRuleBuilder()
                .withApiGroups("")
                .withResources("configmaps", "persistentvolumeclaims", "pods", "services")
                .withVerbs(VERBS)
                .build());
    }

    /** Why these rights are more than any team may have; empty where they are not. */
    static List<String> tooMany(List<PolicyRule> rules) {
        List<String> why = new ArrayList<>();
        for (PolicyRule rule : rules) {
            String shown = shown(rule);
            if (any(rule.getVerbs(), GIVING)) {
                why.add("%s: whoever has it can give itself every right".formatted(shown));
            } else if (has(rule.getApiGroups(), "rbac.authorization.k8s.io")
                    && any(rule.getResources(), RBAC)
                    && any(rule.getVerbs(), WRITING)) {
                why.add("%s: whoever writes roles can give rights to others".formatted(shown));
            } else if (rule.getResources().contains("*") && rule.getVerbs().contains("*")) {
                why.add("%s: every right on everything".formatted(shown));
            } else if (has(rule.getApiGroups(), "")
                    && has(rule.getResources(), "serviceaccounts/token")
                    && has(rule.getVerbs(), "create")) {
                why.add("%s: tokens of other service accounts, and so their rights".formatted(shown));
            }
        }
        return why;
    }

    /** The verbs of the driver's rules that {@code rules} do not give, as {@code verb resource}. */
    static List<String> missing(List<PolicyRule> rules) {
        List<String> missing = new ArrayList<>();
        for (PolicyRule wanted : ofDriver()) {
            for (String resource : wanted.getResources()) {
                for (String verb : wanted.getVerbs()) {
                    boolean given = rules.stream()
                            .anyMatch(rule -> has(rule.getApiGroups(), "")
                                    && has(rule.getResources(), resource)
                                    && has(rule.getVerbs(), verb)
                                    && rule.getResourceNames().isEmpty());
                    if (!given) {
                        missing.add(verb + " " + resource);
                    }
                }
            }
        }
        return missing;
    }

    private static boolean any(List<String> given, Set<String> of) {
        return given.contains("*") || given.stream().anyMatch(of::contains);
    }

    private static boolean has(List<String> given, String one) {
        return given.contains("*") || given.contains(one);
    }

    private static String shown(PolicyRule rule) {
        return "%s on %s".formatted(String.join(",", rule.getVerbs()), String.join(",", rule.getResources()));
    }
}
