package dev.muster.kubernetes.admission;

import dev.muster.admission.Admission;
import dev.muster.admission.Callers;
import dev.muster.admission.Catalogue;
import dev.muster.admission.TeamRules;
import dev.muster.admission.WebhookManifests;
import dev.muster.admission.certificate.Rotation;
import dev.muster.controlplane.TestCluster;
import dev.muster.quota.name.PriorityClassName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.TeamName;
import dev.muster.quota.node.NodeAffinity;
import dev.muster.quota.node.TaintEffect;
import dev.muster.quota.node.Toleration;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClassBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.vertx.core.Vertx;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The webhook and the policies, served by this test to a real API server, for one team: its namespace, its service account, its
 * queues. Muster is a service account too. Closing takes the configurations away.
 */
public final class Gatehouse implements AutoCloseable {
    public static final String HOME = "muster-system";
    private static final String NAME = "muster-test";

    private final TestCluster cluster;
    private final String team;
    private final Vertx vertx = Vertx.vertx();
    private final CertificateKeeper keeper;
    private final KubernetesClient user;
    private final KubernetesClient muster;
    private WebhookServer server;
    private volatile CountDownLatch held = new CountDownLatch(0);

    private Gatehouse(TestCluster cluster, String team, InstantSource clock) {
        this.cluster = cluster;
        this.team = team;
        KubernetesClient client = cluster.client();
        namespace(HOME, Map.of());
        namespace(team, Map.of("muster.dev/team", team));
        account(HOME, "muster");
        apply("""
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRoleBinding
                metadata: {name: muster-test}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
                subjects: [{kind: ServiceAccount, namespace: %s, name: muster}]
                """.formatted(HOME));
        account(team, "ada");
        bind(team, "ada", team, "admin");
        bind(team, "ada", team, "muster-test-volcano");
        priorityClasses();
        client.secrets().inNamespace(HOME).withName("webhook").delete();
        this.keeper = new CertificateKeeper(
                client, HOME, "webhook", List.of("127.0.0.1", "localhost"), Rotation.USUAL, clock, NAME);
        keeper.keep();
        this.server = serve(0);
        this.user = TestCluster.client(cluster.kubeconfigOf(team, "ada"));
        this.muster = TestCluster.client(cluster.kubeconfigOf(HOME, "muster"));
        apply(manifests().webhooks());
        apply(manifests().policies());
        keeper.keep();
    }

    public static Gatehouse open(TestCluster cluster, String team) {
        return new Gatehouse(cluster, team, InstantSource.system());
    }

    static Gatehouse open(TestCluster cluster, String team, InstantSource clock) {
        return new Gatehouse(cluster, team, clock);
    }

    /** The team's own, without rights beyond its namespace. */
    public KubernetesClient user() {
        return user;
    }

    public KubernetesClient muster() {
        return muster;
    }

    CertificateKeeper keeper() {
        return keeper;
    }

    /** As if every replica were down. */
    void stop() {
        server.close();
    }

    void startAgain() {
        server = serve(server.port());
    }

    /** Takes connections and answers late. */
    void answerLate() {
        held = new CountDownLatch(1);
    }

    void answerAtOnce() {
        held.countDown();
    }

    private WebhookServer serve(int port) {
        Admission admission = new Admission(callers());
        Catalogue catalogue = catalogue();
        return WebhookServer.start(
                vertx,
                "127.0.0.1",
                port,
                keeper::shown,
                admission,
                () -> {
                    held();
                    return catalogue;
                },
                (path, status, nanos) -> {});
    }

    private void held() {
        try {
            held.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private WebhookManifests manifests() {
        List<String> excluded = new ArrayList<>(WebhookManifests.SYSTEM);
        excluded.add(HOME);
        return new WebhookManifests(
                NAME,
                WebhookManifests.Client.url(
                        "https://127.0.0.1:" + server.port(),
                        keeper.certificates().bundle()),
                callers(),
                3,
                excluded);
    }

    private static Callers callers() {
        return new Callers(Set.of("system:serviceaccount:" + HOME + ":muster"), Callers.CONTROLLERS);
    }

    private Catalogue catalogue() {
        TeamName name = new TeamName(team);
        TreeSet<QueueName> queues = new TreeSet<>(Set.of(new QueueName(team), new QueueName("shared")));
        TreeSet<PriorityClassName> classes =
                new TreeSet<>(Set.of(new PriorityClassName("routine"), new PriorityClassName("urgent")));
        Toleration spot = new Toleration("spot", Toleration.Operator.EXISTS, null, TaintEffect.NO_SCHEDULE);
        TeamRules rules = new TeamRules(
                name,
                new QueueName(team),
                new PriorityClassName("routine"),
                queues,
                classes,
                Map.of("*", new TeamRules.RoleDefaults(NodeAffinity.ANY, List.of(spot))));
        return new Catalogue(
                Map.of(team, rules),
                Map.of(
                        new QueueName(team), new Catalogue.QueueRules(true, true, name),
                        new QueueName("shared"), new Catalogue.QueueRules(true, true, null),
                        new QueueName("others"), new Catalogue.QueueRules(true, true, new TeamName("others"))));
    }

    void apply(String yaml) {
        cluster.client()
                .load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                .items()
                .forEach(item -> {
                    item.getMetadata().setResourceVersion(null);
                    cluster.client().resource(item).serverSideApply();
                });
    }

    private void namespace(String name, Map<String, String> labels) {
        cluster.client()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withLabels(labels)
                        .endMetadata()
                        .build())
                .serverSideApply();
    }

    private void account(String namespace, String name) {
        cluster.client()
                .resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(name)
                        .endMetadata()
                        .build())
                .serverSideApply();
    }

    private void bind(String of, String account, String namespace, String role) {
        if (role.equals("muster-test-volcano")) {
            apply("""
                    apiVersion: rbac.authorization.k8s.io/v1
                    kind: ClusterRole
                    metadata: {name: muster-test-volcano}
                    rules:
                    - {apiGroups: [batch.volcano.sh], resources: [jobs], verbs: ['*']}
                    - {apiGroups: [scheduling.volcano.sh], resources: [podgroups], verbs: ['*']}
                    - {apiGroups: [sparkoperator.k8s.io], resources: ['*'], verbs: ['*']}
                    - {apiGroups: [''], resources: [pods/resize], verbs: ['*']}
                    """);
        }
        cluster.client()
                .resource(new RoleBindingBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(account + "-" + role)
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", role)
                        .addNewSubject()
                        .withKind("ServiceAccount")
                        .withNamespace(of)
                        .withName(account)
                        .endSubject()
                        .build())
                .serverSideApply();
    }

    private void priorityClasses() {
        Map.of("routine", 2, "urgent", 10, "rush", 100).forEach((name, value) -> cluster.client()
                .resource(new PriorityClassBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .withValue(value)
                        .withPreemptionPolicy(name.equals("rush") ? "PreemptLowerPriority" : "Never")
                        .build())
                .serverSideApply());
    }

    @Override
    public void close() {
        KubernetesClient client = cluster.client();
        var v1 = client.admissionRegistration().v1();
        v1.mutatingWebhookConfigurations().withName(NAME).delete();
        v1.validatingWebhookConfigurations().withName(NAME).delete();
        for (String policy : List.of("marks", "pods", "jobs", "volcano", "namespaces")) {
            v1.validatingAdmissionPolicyBindings().withName(NAME + "-" + policy).delete();
            v1.validatingAdmissionPolicies().withName(NAME + "-" + policy).delete();
        }
        client.namespaces().withName(team).delete();
        server.close();
        user.close();
        muster.close();
        vertx.close();
    }
}
