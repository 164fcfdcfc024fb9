package dev.muster.kubernetes.onboarding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.controlplane.ClusterTest;
import dev.muster.controlplane.TestCluster;
import dev.muster.kubernetes.Labels;
import dev.muster.quota.name.TeamName;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A team's place on a real API server: made, found again, adopted, refused, put right, taken away. */
@ClusterTest
class OnboardingClusterIT {
    private final KubernetesClient client;
    private final Onboarding onboarding;
    private final Offboarding offboarding;

    OnboardingClusterIT(TestCluster cluster) {
        client = cluster.client();
        onboarding = new Onboarding(client);
        offboarding = new Offboarding(client);
    }

    @Test
    void a_new_team_gets_all_of_its_place_and_a_second_time_changes_nothing() {
        TeamSite site = site("fresh");

        assertThat(onboarding.plan(site)).extracting(Step::action).containsOnly(Step.Action.MAKE);
        assertThat(client.namespaces().withName("fresh").get())
                .as("a plan changes nothing")
                .isNull();
        assertThat(onboarding.apply(site)).extracting(Step::action).containsOnly(Step.Action.MAKE);
        assertThat(onboarding.apply(site)).extracting(Step::action).containsOnly(Step.Action.KEEP);
        assertThat(client.namespaces().withName("fresh").get().getMetadata().getLabels())
                .containsEntry(Labels.TEAM, "fresh")
                .containsEntry(Labels.INSTALLATION, "main");
        assertThat(client.serviceAccounts()
                        .inNamespace("fresh")
                        .withName(TeamSite.DRIVER)
                        .get()
                        .getImagePullSecrets())
                .extracting(reference -> reference.getName())
                .containsExactly("registry");
    }

    @Test
    void a_driver_may_make_pods_in_its_namespace_and_nothing_elsewhere(TestCluster cluster) {
        onboarding.apply(site("drivers"));
        onboarding.apply(site("others"));
        try (KubernetesClient driver = TestCluster.client(cluster.kubeconfigOf("drivers", TeamSite.DRIVER))) {
            assertThat(driver.pods().inNamespace("drivers").list().getItems()).isEmpty();
            assertThatThrownBy(() -> driver.pods().inNamespace("others").list()).hasMessageContaining("forbidden");
            assertThatThrownBy(() -> driver.secrets().inNamespace("drivers").list())
                    .hasMessageContaining("forbidden");
            assertThatThrownBy(() -> driver.nodes().list()).hasMessageContaining("forbidden");
        }
    }

    @Test
    void what_was_there_is_adopted_with_its_own_content() {
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("older")
                        .withLabels(Map.of("cost-centre", "7"))
                        .endMetadata()
                        .build())
                .create();
        client.resource(new RoleBuilder(new SiteObjects(site("older")).role())
                        .editMetadata()
                        .withLabels(Map.of())
                        .withAnnotations(Map.of())
                        .endMetadata()
                        .addToRules(new PolicyRuleBuilder()
                                .withApiGroups("")
                                .withResources("events")
                                .withVerbs("list")
                                .build())
                        .build())
                .create();

        assertThat(onboarding.apply(site("older")))
                .extracting(Step::action)
                .containsExactly(Step.Action.ADOPT, Step.Action.MAKE, Step.Action.ADOPT, Step.Action.MAKE);
        assertThat(onboarding.plan(site("older"))).extracting(Step::action).containsOnly(Step.Action.KEEP);
        assertThat(client.namespaces().withName("older").get().getMetadata().getLabels())
                .containsEntry("cost-centre", "7")
                .containsEntry(Labels.TEAM, "older");
        assertThat(role("older").getRules()).hasSize(2);
    }

    @Test
    void an_account_with_rights_in_the_whole_cluster_is_refused_and_nothing_is_made() {
        namespace("mighty");
        client.resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withName(TeamSite.DRIVER)
                        .withNamespace("mighty")
                        .endMetadata()
                        .build())
                .create();
        client.resource(new ClusterRoleBindingBuilder()
                        .withNewMetadata()
                        .withName("mighty-driver")
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", "cluster-admin")
                        .addNewSubject(null, "ServiceAccount", TeamSite.DRIVER, "mighty")
                        .build())
                .create();

        List<Step> steps = onboarding.apply(site("mighty"));

        assertThat(steps)
                .filteredOn(step -> step.action() == Step.Action.REFUSE)
                .singleElement()
                .satisfies(step -> assertThat(step.why())
                        .singleElement()
                        .asString()
                        .startsWith("ClusterRoleBinding/mighty-driver gives it cluster-admin in the whole cluster"));
        assertThat(role("mighty")).as("nothing at all is changed").isNull();
        assertThat(client.namespaces().withName("mighty").get().getMetadata().getLabels())
                .doesNotContainKey(Labels.TEAM);
    }

    @Test
    void a_role_that_could_give_itself_more_is_refused() {
        namespace("sly");
        client.resource(new RoleBuilder()
                        .withNewMetadata()
                        .withName(SiteObjects.ROLE)
                        .withNamespace("sly")
                        .endMetadata()
                        .withRules(new PolicyRuleBuilder()
                                .withApiGroups("rbac.authorization.k8s.io")
                                .withResources("roles")
                                .withVerbs("escalate")
                                .build())
                        .build())
                .create();

        assertThat(onboarding.apply(site("sly")))
                .filteredOn(step -> step.action() == Step.Action.REFUSE)
                .singleElement()
                .satisfies(step -> {
                    assertThat(step.object()).isEqualTo("Role/muster-driver");
                    assertThat(step.why()).first().asString().contains("can give itself every right");
                });
    }

    @Test
    void another_teams_or_installations_namespace_is_refused() {
        onboarding.apply(site("taken"));
        TeamSite thief = new TeamSite(new TeamName("thief"), "main", "taken", TeamSite.DRIVER, new TreeSet<>());
        TeamSite copy = new TeamSite(new TeamName("taken"), "second", "taken", TeamSite.DRIVER, new TreeSet<>());

        assertThat(onboarding.apply(thief).get(0).why()).containsExactly("it belongs to the team taken");
        assertThat(onboarding.apply(copy).get(0).why()).containsExactly("it belongs to the installation main");
        assertThat(offboarding.list(thief).isNothing()).isTrue();
    }

    @Test
    void drift_is_told_field_by_field_and_put_right() {
        onboarding.apply(site("drifting"));
        client.rbac().roles().inNamespace("drifting").withName(SiteObjects.ROLE).edit(role -> new RoleBuilder(role)
                .withRules()
                .build());
        client.namespaces().withName("drifting").edit(namespace -> new NamespaceBuilder(namespace)
                .editMetadata()
                .addToLabels("mine", "too")
                .endMetadata()
                .build());

        assertThat(onboarding.plan(site("drifting")))
                .filteredOn(step -> step.action() != Step.Action.KEEP)
                .containsExactly(new Step("Role/muster-driver", Step.Action.MEND, List.of("rules")));
        onboarding.apply(site("drifting"));
        assertThat(role("drifting").getRules()).isEqualTo(Rights.ofDriver());
        assertThat(client.namespaces().withName("drifting").get().getMetadata().getLabels())
                .as("what others wrote stays")
                .containsEntry("mine", "too");
    }

    @Test
    void offboarding_lists_first_deletes_only_what_was_listed_and_only_ours() {
        namespace("leaving");
        onboarding.apply(site("leaving"));

        Farewell list = offboarding.list(site("leaving"));

        assertThat(list.deleted())
                .containsExactly("RoleBinding/muster-driver", "Role/muster-driver", "ServiceAccount/muster-driver");
        assertThat(list.released()).containsExactly("Namespace/leaving");
        assertThatThrownBy(() -> offboarding.remove(site("leaving"), "yes"))
                .hasMessageContaining("Bad confirmation 'yes'");
        assertThat(role("leaving")).isNotNull();
        offboarding.remove(site("leaving"), list.confirmation());
        assertThat(role("leaving")).isNull();
        assertThat(client.namespaces().withName("leaving").get().getMetadata().getLabels())
                .doesNotContainKey(Labels.TEAM);
        assertThat(offboarding.list(site("leaving")).isNothing()).isTrue();
    }

    @Test
    void a_namespace_that_holds_pods_stays_and_a_list_that_is_out_of_date_is_not_carried_out() {
        onboarding.apply(site("busy"));
        Farewell before = offboarding.list(site("busy"));
        assertThat(before.deleted()).contains("Namespace/busy");
        client.resource(new PodBuilder()
                        .withNewMetadata()
                        .withName("p")
                        .withNamespace("busy")
                        .endMetadata()
                        .withNewSpec()
                        .withServiceAccountName(TeamSite.DRIVER)
                        .withSchedulerName("nobody")
                        .addNewContainer()
                        .withName("c")
                        .withImage("i")
                        .endContainer()
                        .endSpec()
                        .build())
                .create();

        assertThatThrownBy(() -> offboarding.remove(site("busy"), before.confirmation()))
                .hasMessageContaining("the list has changed");
        assertThat(offboarding.list(site("busy")).kept())
                .containsExactly("Namespace/busy: it holds 1 pod; delete that first");
    }

    private Role role(String namespace) {
        return client.rbac()
                .roles()
                .inNamespace(namespace)
                .withName(SiteObjects.ROLE)
                .get();
    }

    private void namespace(String name) {
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
    }

    private static TeamSite site(String team) {
        return new TeamSite(new TeamName(team), "main", team, TeamSite.DRIVER, new TreeSet<>(List.of("registry")));
    }
}
