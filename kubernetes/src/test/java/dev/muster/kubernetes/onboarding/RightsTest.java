package dev.muster.kubernetes.onboarding;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

class RightsTest {
    @Test
    void the_drivers_rights_are_not_too_many_and_lack_nothing() {
        assertThat(Rights.tooMany(Rights.ofDriver())).isEmpty();
        assertThat(Rights.missing(Rights.ofDriver())).isEmpty();
    }

    @Test
    void rights_that_give_rights_are_too_many() {
        assertThat(tooMany("rbac.authorization.k8s.io", "roles", "escalate")).contains("can give itself every right");
        assertThat(tooMany("", "users", "impersonate")).contains("can give itself every right");
        assertThat(tooMany("rbac.authorization.k8s.io", "rolebindings", "create"))
                .contains("can give rights to others");
        assertThat(tooMany("", "serviceaccounts/token", "create")).contains("tokens of other service accounts");
        assertThat(tooMany("*", "*", "*")).isNotEmpty();
        assertThat(tooMany("*", "*", "get")).isEmpty();
        assertThat(tooMany("rbac.authorization.k8s.io", "roles", "get")).isEmpty();
    }

    @Test
    void what_a_role_does_not_allow_is_named_verb_by_verb() {
        PolicyRule only = rule("", "pods", "get");
        assertThat(Rights.missing(List.of(only)))
                .contains("create pods", "get services")
                .doesNotContain("get pods");
        assertThat(Rights.missing(List.of(rule("*", "*", "*")))).isEmpty();
    }

    @Test
    void a_right_for_some_names_only_is_no_right() {
        PolicyRule some = new PolicyRuleBuilder(rule("*", "*", "*"))
                .withResourceNames("one")
                .build();
        assertThat(Rights.missing(List.of(some))).contains("create pods");
    }

    private static String tooMany(String group, String resource, String verb) {
        return String.join("; ", Rights.tooMany(List.of(rule(group, resource, verb))));
    }

    private static PolicyRule rule(String group, String resource, String verb) {
        return new PolicyRuleBuilder()
                .withApiGroups(group)
                .withResources(resource)
                .withVerbs(verb)
                .build();
    }
}
