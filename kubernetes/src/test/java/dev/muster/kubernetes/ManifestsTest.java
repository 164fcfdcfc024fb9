package dev.muster.kubernetes;

import static dev.muster.kubernetes.Gangs.gang;
import static dev.muster.kubernetes.Gangs.member;
import static dev.muster.kubernetes.Gangs.plain;
import static dev.muster.kubernetes.Gangs.template;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.cluster.Download;
import dev.muster.cluster.ElasticPod;
import dev.muster.cluster.Gang;
import dev.muster.cluster.PodTemplate;
import dev.muster.cluster.PodTemplate.VolumeKind;
import dev.muster.quota.fit.Collocation;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.name.TeamName;
import dev.muster.quota.node.NodeAffinity;
import dev.muster.quota.node.TaintEffect;
import dev.muster.quota.node.Toleration;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.volcano.api.model.scheduling.v1beta1.PodGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What Kubernetes gets for a gang, pinned by files. */
class ManifestsTest {
    private static final Manifests MANIFESTS = new Manifests(Gangs.INSTALLATION, Gangs.DECLARATIONS);
    private static final String IMAGE = "registry.example/train:1";

    @Test
    void a_gang_of_one_pod() {
        Golden.check("one-pod", objects(gang("01a", member("worker", plain(IMAGE), Map.of("blue", 1)))));
    }

    @Test
    void two_roles_in_two_pools() {
        Golden.check(
                "two-roles-two-pools",
                objects(gang(
                        "01b",
                        member("driver", plain(IMAGE), Map.of("blue", 1)),
                        member("executor", plain(IMAGE), Map.of("blue", 1, "spot", 2)))));
    }

    @Test
    void a_driver_that_makes_its_executors_itself() {
        PodTemplate made = plain(IMAGE).with(Map.of(PodTemplate.MADE_BY, PodTemplate.LEADER));
        Golden.check(
                "spark",
                objects(gang(
                        "01i",
                        member("driver", plain(IMAGE), Map.of("blue", 1)),
                        member("executor", made, Map.of("spot", 20)))));
    }

    @Test
    void a_driver_that_makes_pods_runs_as_the_account_of_teams_that_name_none() {
        Manifests manifests = new Manifests(
                Gangs.INSTALLATION,
                new Declarations(Map.of(), Map.of(new TeamName("research"), new TeamPlace("team-research", null))));
        PodTemplate made = plain(IMAGE).with(Map.of(PodTemplate.MADE_BY, PodTemplate.LEADER));
        Gang spark = gang(
                "01i", member("driver", plain(IMAGE), Map.of("blue", 1)), member("executor", made, Map.of("blue", 2)));
        Pod driver = manifests.pods(spark, manifests.podGroup(spark)).get(0);
        assertThat(driver.getSpec().getServiceAccountName()).isEqualTo("muster-driver");
        assertThat(driver.getSpec().getAutomountServiceAccountToken()).isTrue();
        Gang plain = gang("01i", member("worker", plain(IMAGE), Map.of("blue", 1)));
        Pod worker = manifests.pods(plain, manifests.podGroup(plain)).get(0);
        assertThat(worker.getSpec().getServiceAccountName()).isNull();
        assertThat(worker.getSpec().getAutomountServiceAccountToken()).isFalse();
    }

    @Test
    void affinities_that_must_and_that_should_hold_and_tolerations() {
        NodeAffinity affinity = new NodeAffinity(
                List.of(
                        term("disk", NodeAffinity.Operator.IN, "ssd", "nvme"),
                        term("cores", NodeAffinity.Operator.GT, "15")),
                List.of(
                        new NodeAffinity.Preferred(80, term("zone", NodeAffinity.Operator.IN, "a")),
                        new NodeAffinity.Preferred(20, term("old", NodeAffinity.Operator.DOES_NOT_EXIST))));
        List<Toleration> tolerations = List.of(
                new Toleration("spot", Toleration.Operator.EQUAL, "true", TaintEffect.NO_SCHEDULE),
                new Toleration("gpu", Toleration.Operator.EXISTS, null, null));
        PodTemplate template = template(IMAGE, affinity, tolerations, List.of(), List.of(), null);
        Golden.check("affinities", objects(gang("01c", member("worker", template, Map.of("spot", 1)))));
    }

    @Test
    void what_a_job_brings_along_is_fetched_before_all_else() {
        PodTemplate template = Download.with(
                plain(IMAGE),
                List.of(
                        new Download("app.jar", "a".repeat(64), "http://muster.muster.svc/handouts/1/app.jar"),
                        new Download("main.py", "b".repeat(64), "http://muster.muster.svc/handouts/1/main.py")));
        Golden.check("downloads", objects(gang("01j", member("worker", template, Map.of("blue", 1)))));
    }

    @Test
    void volumes_secrets_and_shared_memory() {
        List<PodTemplate.Volume> volumes = List.of(
                new PodTemplate.Volume("scratch", VolumeKind.EMPTY_DIR, null, "/scratch", false, 10L << 30),
                new PodTemplate.Volume("data", VolumeKind.PERSISTENT_VOLUME_CLAIM, "images", "/data", true, null),
                new PodTemplate.Volume("conf", VolumeKind.CONFIG_MAP, "settings", "/etc/conf", false, null),
                new PodTemplate.Volume("keys", VolumeKind.SECRET, "keys", "/etc/keys", true, null));
        PodTemplate template = template(
                IMAGE,
                NodeAffinity.ANY,
                List.of(),
                List.of(new PodTemplate.SecretEnv("TOKEN", "hub", "token")),
                volumes,
                4L << 30);
        Golden.check("volumes", objects(gang("01d", member("worker", template, Map.of("blue", 1)))));
    }

    @Test
    void a_training_job_knows_its_ranks_and_its_first_pod() {
        Golden.check(
                "training",
                objects(gang(
                        "01e",
                        member("master", plain(IMAGE), Map.of("blue", 1)),
                        member("worker", plain(IMAGE), Map.of("blue", 2)))));
    }

    @Test
    void a_pod_above_the_minimum_has_no_rank() {
        Gang gang = gang("01f", member("worker", plain(IMAGE), Map.of("blue", 1)));
        Pod pod = MANIFESTS.elasticPod(
                gang, made(gang), new ElasticPod(new RoleName("worker"), 3, new PoolName("spot"), plain(IMAGE)));
        Golden.check("elastic-pod", List.of(pod));
    }

    @Test
    void a_role_without_an_image_is_refused_unless_the_operator_has_named_one() {
        Gang gang = gang(
                "01g",
                member(
                        "worker",
                        template(null, NodeAffinity.ANY, List.of(), List.of(), List.of(), null),
                        Map.of("blue", 1)));
        assertThatThrownBy(() -> MANIFESTS.pods(gang, made(gang)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Role worker of job nightly has no image")
                .hasMessageContaining("muster.kubernetes.image");
        Installation withImage = new Installation("here", "volcano", "registry.example/base:1");
        assertThat(new Manifests(withImage, Gangs.DECLARATIONS).pods(gang, made(gang)))
                .extracting(pod -> pod.getSpec().getContainers().get(0).getImage())
                .containsExactly("registry.example/base:1");
    }

    @Test
    void pods_of_a_gang_that_waited_for_nodes_are_none_of_the_autoscalers_business_at_first() {
        String annotation = "cluster-autoscaler.kubernetes.io/pod-scale-up-delay";
        Gang gang = gang("01w", member("worker", plain("worker:1"), Map.of("blue", 2)));
        Gang waits = new Gang(
                gang.id(),
                gang.jobName(),
                gang.team(),
                gang.queue(),
                gang.priorityClass(),
                gang.grace(),
                gang.members(),
                true);
        Manifests manifests = new Manifests(Gangs.INSTALLATION, Gangs.DECLARATIONS);
        assertThat(manifests.pods(waits, manifests.podGroup(waits)))
                .allSatisfy(
                        pod -> assertThat(pod.getMetadata().getAnnotations()).containsEntry(annotation, "60s"));
        assertThat(manifests.placeholders(waits, manifests.podGroup(waits)))
                .allSatisfy(
                        pod -> assertThat(pod.getMetadata().getAnnotations()).doesNotContainKey(annotation));
        assertThat(manifests.pods(gang, manifests.podGroup(gang)))
                .allSatisfy(
                        pod -> assertThat(pod.getMetadata().getAnnotations()).doesNotContainKey(annotation));
    }

    @Test
    void pods_that_wish_to_lie_together_or_apart_prefer_it_of_their_own_gang() {
        Gang together = gang("01p", member("worker", plain(IMAGE).with(Collocation.PACK), Map.of("blue", 2)));
        Gang apart = gang("01q", member("worker", plain(IMAGE).with(Collocation.SPREAD), Map.of("blue", 2)));
        PodGroup group = MANIFESTS.podGroup(together);
        for (Pod pod : List.of(
                MANIFESTS.pods(together, group).get(0),
                MANIFESTS.placeholders(together, group).get(0))) {
            assertThat(pod.getSpec()
                            .getAffinity()
                            .getPodAffinity()
                            .getPreferredDuringSchedulingIgnoredDuringExecution())
                    .extracting(term -> term.getPodAffinityTerm().getTopologyKey())
                    .containsExactly("kubernetes.io/hostname", "topology.kubernetes.io/zone");
            assertThat(pod.getSpec()
                            .getAffinity()
                            .getPodAffinity()
                            .getPreferredDuringSchedulingIgnoredDuringExecution())
                    .allSatisfy(term -> assertThat(pod.getMetadata().getLabels())
                            .containsAllEntriesOf(
                                    term.getPodAffinityTerm().getLabelSelector().getMatchLabels()));
            assertThat(pod.getSpec().getAffinity().getNodeAffinity()).isNotNull();
        }
        assertThat(MANIFESTS
                        .pods(apart, MANIFESTS.podGroup(apart))
                        .get(1)
                        .getSpec()
                        .getAffinity()
                        .getPodAntiAffinity()
                        .getPreferredDuringSchedulingIgnoredDuringExecution())
                .extracting(term -> term.getPodAffinityTerm().getTopologyKey())
                .containsExactly("kubernetes.io/hostname");
    }

    @Test
    void a_team_without_a_namespace_is_told_so() {
        Manifests nowhere = new Manifests(Gangs.INSTALLATION, Declarations.NONE);
        Gang gang = gang("01h", member("worker", plain(IMAGE), Map.of("blue", 1)));
        assertThatThrownBy(() -> nowhere.podGroup(gang))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Team research has no namespace");
    }

    private static List<HasMetadata> objects(Gang gang) {
        PodGroup group = made(gang);
        List<HasMetadata> objects = new ArrayList<>();
        objects.add(group);
        if (gang.pods() > 1) {
            objects.add(MANIFESTS.service(gang, group));
        }
        objects.addAll(MANIFESTS.pods(gang, group));
        return objects;
    }

    private static PodGroup made(Gang gang) {
        PodGroup group = MANIFESTS.podGroup(gang);
        group.getMetadata().setUid("uid-of-the-group");
        return group;
    }

    private static NodeAffinity.Term term(String key, NodeAffinity.Operator operator, String... values) {
        return new NodeAffinity.Term(List.of(new NodeAffinity.Expression(key, operator, List.of(values))));
    }
}
