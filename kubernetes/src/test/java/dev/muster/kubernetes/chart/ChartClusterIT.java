package dev.muster.kubernetes.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.admission.Callers;
import dev.muster.admission.WebhookManifests;
import dev.muster.controlplane.ClusterTest;
import dev.muster.controlplane.TestCluster;
import dev.muster.kubernetes.doctor.Need;
import dev.muster.kubernetes.onboarding.Offboarding;
import dev.muster.kubernetes.onboarding.Onboarding;
import dev.muster.kubernetes.onboarding.Step;
import dev.muster.kubernetes.onboarding.TeamSite;
import dev.muster.quota.name.TeamName;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The chart, rendered by a real Helm and taken by a real API server; and its service account, which has what Muster needs. */
@ClusterTest
class ChartClusterIT {
    private static final String BUCKET =
            "output.s3.endpoint=http://minio.minio.svc:9000,output.s3.bucket=output,output.s3.secret=keys";

    private final TestCluster cluster;
    private final KubernetesClient client;

    ChartClusterIT(TestCluster cluster) {
        this.cluster = cluster;
        client = cluster.client();
        Stream.of("muster", "volcano-system").forEach(name -> client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .serverSideApply());
    }

    @Test
    void helm_finds_nothing_wrong_with_it() {
        List<String> arguments = new java.util.ArrayList<>(List.of("lint", "--strict", Helm.CHART.toString()));
        arguments.addAll(Helm.LEAST);
        assertThat(Helm.run(arguments)).satisfies(run -> {
            assertThat(run.code()).as(run.text()).isZero();
            assertThat(run.text()).contains("1 chart(s) linted, 0 chart(s) failed");
        });
    }

    @Test
    void a_value_that_is_misspelt_missing_or_of_the_wrong_form_is_refused_before_anything_is_made() {
        assertThatThrownBy(() -> Helm.template(List.of("--set", "replica=3")))
                .hasMessageContaining("'replica' not allowed");
        assertThatThrownBy(() -> Helm.template(List.of("--set", "webhooks.enable=false")))
                .hasMessageContaining("'enable' not allowed");
        assertThatThrownBy(() -> Helm.template(List.of("--set", "replicas=0"))).hasMessageContaining("/replicas");
        assertThatThrownBy(() -> Helm.template(List.of("--set", "database.url=postgres://db/muster")))
                .hasMessageContaining("/database/url");
        assertThatThrownBy(() -> Helm.template(List.of("--set", "database.secret=")))
                .hasMessageContaining("/database/secret");
        assertThatThrownBy(() -> Helm.template(List.of("--set", "runAsUser=0"))).hasMessageContaining("/runAsUser");
    }

    @Test
    void every_value_has_a_line_in_the_schema_and_the_other_way_round() throws IOException {
        GenericKubernetesResource schema = client.getKubernetesSerialization()
                .unmarshal(Files.readString(Helm.CHART.resolve("values.schema.json")), GenericKubernetesResource.class);
        GenericKubernetesResource values = client.getKubernetesSerialization()
                .unmarshal(Files.readString(Helm.CHART.resolve("values.yaml")), GenericKubernetesResource.class);
        Set<Object> inSchema = new java.util.HashSet<>(((java.util.Map<?, ?>) schema.get("properties")).keySet());
        inSchema.remove("global");
        assertThat(new java.util.HashSet<Object>(
                        values.getAdditionalProperties().keySet()))
                .isEqualTo(inSchema);
    }

    @Test
    void the_api_server_would_take_every_object() {
        List<HasMetadata> objects = Stream.of(
                        List.<String>of(),
                        List.of("--set", "webhooks.enabled=false,replicas=1,networkPolicy.enabled=false"),
                        List.of("--set", "output.claim=logs," + BUCKET))
                .flatMap(values -> Helm.objects(client, values).stream())
                .toList();
        assertThat(objects).hasSizeGreaterThan(40).allSatisfy(object -> assertThat(client.resource(object)
                        .dryRun(true)
                        .fieldManager("helm")
                        .serverSideApply())
                .isNotNull());
    }

    @Test
    void a_bucket_is_reached_with_a_key_that_only_the_secret_knows() {
        assertThat(Helm.template(List.of("--set", BUCKET)))
                .contains("secretKeyRef: {name: keys, key: secret-key}", "- {port: 9000}")
                .contains("emptyDir: {sizeLimit: 8Gi}");
        assertThat(Helm.template(List.of())).doesNotContain("MUSTER_LOGS_S3");
        assertThatThrownBy(() -> Helm.template(List.of("--set", BUCKET.replace("secret=keys", "secret="))))
                .hasMessageContaining("output.s3.secret is missing");
        assertThatThrownBy(() -> Helm.template(List.of("--set", BUCKET.replace(":9000", ":9000/output"))))
                .hasMessageContaining("/output/s3/endpoint");
    }

    @Test
    void alerts_and_dashboard_are_there_where_they_are_asked_for() {
        assertThat(Helm.template(List.of())).doesNotContain("PrometheusRule", "grafana_dashboard");
        List<HasMetadata> objects = Helm.objects(
                client,
                List.of("--set", "prometheusRule.enabled=true,dashboard.enabled=true,serviceMonitor.enabled=true"));
        assertThat(objects)
                .filteredOn(GenericKubernetesResource.class::isInstance)
                .extracting(HasMetadata::getKind)
                .contains("PrometheusRule", "ServiceMonitor");
        GenericKubernetesResource rule = objects.stream()
                .filter(object -> object.getKind().equals("PrometheusRule"))
                .map(GenericKubernetesResource.class::cast)
                .findFirst()
                .orElseThrow();
        assertThat(rule.<String>get("spec", "groups", 0, "rules", 0, "alert")).isEqualTo("MusterIsAway");
        assertThat(objects)
                .filteredOn(object -> object.getMetadata().getLabels() != null
                        && object.getMetadata().getLabels().containsKey("grafana_dashboard"))
                .hasSize(1);
    }

    @Test
    void the_container_is_nobody_and_writes_nowhere_but_into_its_volumes() {
        Container container = container();
        assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
        assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
        assertThat(container.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(deployment().getSpec().getTemplate().getSpec().getSecurityContext())
                .satisfies(pod -> assertThat(pod.getRunAsNonRoot()).isTrue())
                .satisfies(pod -> assertThat(pod.getRunAsUser()).isEqualTo(65532L))
                .satisfies(pod -> assertThat(pod.getSeccompProfile().getType()).isEqualTo("RuntimeDefault"));
        assertThat(container.getEnv())
                .noneMatch(variable -> variable.getName().contains("PASSWORD") && variable.getValue() != null);
    }

    @Test
    void its_roles_are_what_the_code_needs_and_not_a_verb_more() {
        List<HasMetadata> objects = Helm.objects(client, List.of());
        assertThat(rights(objects.stream()
                        .filter(ClusterRole.class::isInstance)
                        .map(ClusterRole.class::cast)
                        .flatMap(role -> role.getRules().stream())))
                .isEqualTo(needs(Need.Place.CLUSTER));
        assertThat(rights(rules(objects, "muster"))).isEqualTo(needs(Need.Place.OWN));
        assertThat(rights(rules(objects, "volcano-system"))).isEqualTo(needs(Need.Place.VOLCANO));
    }

    @Test
    void under_its_service_account_a_team_is_onboarded_and_offboarded_and_no_secret_is_read() {
        Helm.objects(client, List.of()).stream()
                .filter(object -> object.getKind().endsWith("Role")
                        || object.getKind().endsWith("RoleBinding")
                        || object.getKind().equals("ServiceAccount"))
                .forEach(object -> client.resource(object).serverSideApply());
        TeamSite site = new TeamSite(new TeamName("charted"), "main", "charted", TeamSite.DRIVER, new TreeSet<>());
        try (KubernetesClient muster = TestCluster.client(cluster.kubeconfigOf("muster", "muster"))) {
            assertThat(new Onboarding(muster).apply(site))
                    .extracting(Step::action)
                    .containsOnly(Step.Action.MAKE);
            assertThat(new Onboarding(muster).apply(site))
                    .extracting(Step::action)
                    .containsOnly(Step.Action.KEEP);
            Offboarding offboarding = new Offboarding(muster);
            assertThat(offboarding
                            .remove(site, offboarding.list(site).confirmation())
                            .deleted())
                    .hasSize(4);
            assertThatThrownBy(() -> muster.secrets().inNamespace("charted").list())
                    .hasMessageContaining("forbidden");
            assertThatThrownBy(() -> muster.secrets().inAnyNamespace().list()).hasMessageContaining("forbidden");
        }
    }

    @Test
    void its_webhooks_and_policies_are_those_of_the_code() {
        WebhookManifests wanted = new WebhookManifests(
                "muster-muster",
                WebhookManifests.Client.service("muster", "muster-webhook", 443, ""),
                new Callers(Set.of("system:serviceaccount:muster:muster"), Callers.CONTROLLERS),
                10,
                List.of("kube-system", "kube-public", "kube-node-lease", "volcano-system", "muster"));
        Set<String> kinds = Set.of(
                "MutatingWebhookConfiguration",
                "ValidatingWebhookConfiguration",
                "ValidatingAdmissionPolicy",
                "ValidatingAdmissionPolicyBinding");
        List<HasMetadata> code = client.load(
                        new java.io.ByteArrayInputStream((wanted.webhooks() + "---\n" + wanted.policies())
                                .getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .items();
        assertThat(Helm.objects(client, List.of()).stream()
                        .filter(object -> kinds.contains(object.getKind()))
                        .toList())
                .containsExactlyInAnyOrderElementsOf(code);
    }

    @Test
    void the_files_that_it_carries_are_the_originals() throws IOException {
        same(Path.of("../admission/src/main/resources/dev/muster/admission"), Helm.CHART.resolve("files/admission"));
        same(Path.of("../priorityclasses"), Helm.CHART.resolve("files/priorityclasses"));
        same(Path.of("../deploy/prometheus"), Helm.CHART.resolve("files/monitoring"));
        assertThat(Helm.CHART.resolve("files/monitoring/dashboard.json"))
                .hasSameTextualContentAs(Path.of("../deploy/grafana/muster.json"));
    }

    private static void same(Path original, Path copy) throws IOException {
        assertThat(yamls(copy).keySet()).isEqualTo(yamls(original).keySet());
        assertThat(yamls(copy)).as("cp %s/*.yaml %s/", original, copy).isEqualTo(yamls(original));
    }

    private static java.util.Map<String, String> yamls(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            java.util.Map<String, String> texts = new java.util.TreeMap<>();
            for (Path file :
                    files.filter(name -> name.toString().endsWith(".yaml")).toList()) {
                texts.put(file.getFileName().toString(), Files.readString(file));
            }
            return texts;
        }
    }

    private Deployment deployment() {
        return Helm.objects(client, List.of()).stream()
                .filter(Deployment.class::isInstance)
                .map(Deployment.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private Container container() {
        return deployment().getSpec().getTemplate().getSpec().getContainers().get(0);
    }

    private static Stream<PolicyRule> rules(List<HasMetadata> objects, String namespace) {
        return objects.stream()
                .filter(Role.class::isInstance)
                .filter(role -> role.getMetadata().getNamespace().equals(namespace))
                .flatMap(role -> ((Role) role).getRules().stream());
    }

    private static Set<String> rights(Stream<PolicyRule> rules) {
        return rules.flatMap(rule -> rule.getApiGroups().stream()
                        .flatMap(group -> rule.getResources().stream().flatMap(resource -> rule.getVerbs().stream()
                                .map(verb -> verb + " " + resource + " " + group))))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> needs(Need.Place place) {
        return Need.all().stream()
                .filter(need -> need.place() == place)
                .map(need -> need.verb() + " " + need.resource() + " " + need.group())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
