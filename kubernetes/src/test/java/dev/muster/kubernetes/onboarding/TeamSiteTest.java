package dev.muster.kubernetes.onboarding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.quota.name.TeamName;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TeamSiteTest {
    @ParameterizedTest
    @ValueSource(strings = {"default", "kube-system", "kube-anything", "volcano-system"})
    void a_namespace_of_the_system_is_no_teams(String namespace) {
        assertThatThrownBy(() -> site(namespace, TeamSite.DRIVER)).hasMessageContaining("the system's own");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Vision", "a/b", "a\nb", "..", "-a"})
    void a_name_that_is_none_of_kubernetes_is_refused(String bad) {
        assertThatThrownBy(() -> site(bad, TeamSite.DRIVER)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> site("vision", bad)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void pull_secrets_are_referred_to_by_name_in_the_same_order_each_time() {
        TeamSite site = new TeamSite(
                new TeamName("vision"), "main", "vision", "driver", new TreeSet<>(List.of("registry-b", "registry-a")));
        ServiceAccount account = new SiteObjects(site).serviceAccount(SiteObjects.MADE);
        assertThat(account.getImagePullSecrets())
                .extracting(reference -> reference.getName())
                .containsExactly("registry-a", "registry-b");
    }

    private static TeamSite site(String namespace, String account) {
        return new TeamSite(new TeamName("vision"), "main", namespace, account, new TreeSet<>());
    }
}
