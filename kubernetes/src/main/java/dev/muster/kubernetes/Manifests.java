package dev.muster.kubernetes;

import dev.muster.cluster.ElasticPod;
import dev.muster.cluster.Gang;
import dev.muster.cluster.PodRef;
import dev.muster.cluster.PodTemplate;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.node.NodeAffinity;
import dev.muster.quota.priority.PriorityClasses;
import dev.muster.quota.resource.Resources;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.volcano.api.model.scheduling.v1beta1.PodGroup;
import io.fabric8.volcano.api.model.scheduling.v1beta1.PodGroupBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The objects of a gang, the same for the same gang whenever they are made. Pinned by files in {@code src/test/resources/golden}. */
final class Manifests {
    /** The container that a role's command runs in; others are somebody else's. */
    static final String CONTAINER = "main";

    static final String CLUSTERS_OWN_SCHEDULER = "default-scheduler";

    /** Autoscalers would otherwise move pods to other nodes one by one, and break the gang. */
    private static final Map<String, String> LEAVE_ALONE =
            Map.of("cluster-autoscaler.kubernetes.io/safe-to-evict", "false", "karpenter.sh/do-not-disrupt", "true");

    /**
     * Room is kept for the pods of a gang that waited for nodes. Volcano may look at them before their placeholders are gone, and mark
     * them: that must not make a pool grow.
     */
    private static final Map<String, String> ROOM_IS_KEPT =
            Map.of("cluster-autoscaler.kubernetes.io/pod-scale-up-delay", "60s");

    private final Installation installation;
    private final Declarations declarations;

    Manifests(Installation installation, Declarations declarations) {
        this.installation = installation;
        this.declarations = declarations;
    }

    /**
     * Names the number of every role: with {@code minMember} alone Volcano starts any pods of that number. It has no
     * {@code minResources}: those are compared with what the cluster has now and would keep a gang out that fits. Pods that the leader
     * makes are asked for once they are there: see {@link Executors}.
     */
    PodGroup podGroup(Gang gang) {
        List<RoleName> later = gang.members().stream()
                .filter(member -> member.template().isMadeByLeader())
                .map(Gang.Member::role)
                .toList();
        GangShape shape = GangShape.of(gang);
        Map<String, Integer> minima = shape.minima(Set.copyOf(later));
        ObjectMetaBuilder metadata =
                metadata(ObjectNames.of(gang.id()), gang).addToAnnotations(Labels.GANG, shape.toString());
        if (!later.isEmpty()) {
            metadata.addToAnnotations(
                    Labels.MADE_BY_LEADER, later.stream().map(RoleName::value).collect(Collectors.joining(",")));
        }
        String operators = gang.members().stream()
                .filter(member -> member.template().isMadeByOperator())
                .map(member -> member.role().value())
                .collect(Collectors.joining(","));
        if (!operators.isEmpty()) {
            metadata.addToAnnotations(Labels.MADE_BY_OPERATOR, operators);
        }
        return new PodGroupBuilder()
                .withMetadata(metadata.build())
                .withNewSpec()
                .withQueue(gang.queue().value())
                .withPriorityClassName(gang.priorityClass().value())
                .withMinMember(
                        minima.values().stream().mapToInt(Integer::intValue).sum())
                .withMinTaskMember(minima)
                .endSpec()
                .build();
    }

    /** Gives every pod of the gang a name that the others can look up, also before it is ready. */
    Service service(Gang gang, PodGroup owner) {
        return new ServiceBuilder()
                .withMetadata(metadata(ObjectNames.service(gang.id()), gang)
                        .withOwnerReferences(owner(owner))
                        .build())
                .withNewSpec()
                .withClusterIP("None")
                .withPublishNotReadyAddresses(true)
                .withSelector(identity(gang))
                .endSpec()
                .build();
    }

    /** The pods of the gang that Muster makes, role after role. */
    List<Pod> pods(Gang gang, PodGroup owner) {
        Map<String, PodTemplate> templates = new LinkedHashMap<>();
        gang.members().forEach(member -> templates.put(member.role().value(), member.template()));
        return GangShape.of(gang).slots(gang.id()).stream()
                .filter(slot -> !templates.get(slot.pod().role().value()).isMadeByLeader()
                        && !templates.get(slot.pod().role().value()).isMadeByOperator())
                .map(slot -> pod(
                        gang,
                        owner,
                        slot.pod(),
                        slot.pool(),
                        templates.get(slot.pod().role().value()),
                        false))
                .toList();
    }

    /**
     * What asks the autoscaler for the nodes of the gang: pods of its shapes for the cluster's own scheduler, which binds those that
     * fit and marks the others {@code Unschedulable}. Volcano would mark those that fit {@code Schedulable} and bind none, and an
     * autoscaler that packs the rest into the room that is there would add nothing.
     */
    List<Pod> placeholders(Gang gang, PodGroup owner) {
        Map<String, PodTemplate> templates = new LinkedHashMap<>();
        gang.members().forEach(member -> templates.put(member.role().value(), member.template()));
        return GangShape.of(gang).slots(gang.id()).stream()
                .map(slot -> placeholder(
                        ObjectNames.placeholder(slot.pod()),
                        Map.of(),
                        gang,
                        owner,
                        slot,
                        templates.get(slot.pod().role().value())))
                .toList();
    }

    /** The same for some pods of a gang that runs: they ask for nodes beside those on which these pods are. */
    List<Pod> forerunners(Gang gang, PodGroup owner, Set<PodRef> pods) {
        Map<String, PodTemplate> templates = new LinkedHashMap<>();
        gang.members().forEach(member -> templates.put(member.role().value(), member.template()));
        return GangShape.of(gang).slots(gang.id()).stream()
                .filter(slot -> pods.contains(slot.pod()))
                .map(slot -> placeholder(
                        ObjectNames.forerunner(slot.pod()),
                        Map.of(Labels.FORERUNNER, "true"),
                        gang,
                        owner,
                        slot,
                        templates.get(slot.pod().role().value())))
                .toList();
    }

    private Pod placeholder(
            String name,
            Map<String, String> labels,
            Gang gang,
            PodGroup owner,
            GangShape.Slot slot,
            PodTemplate template) {
        return new PodBuilder()
                .withMetadata(metadata(name, gang)
                        .withOwnerReferences(owner(owner))
                        .addToLabels(Labels.ROLE, slot.pod().role().value())
                        .addToLabels(Labels.INDEX, Integer.toString(slot.pod().index()))
                        .addToLabels(Labels.POOL, slot.pool().value())
                        .addToLabels(Labels.PLACEHOLDER, "true")
                        .addToLabels(labels)
                        .addToAnnotations(LEAVE_ALONE)
                        .build())
                .withNewSpec()
                .withSchedulerName(CLUSTERS_OWN_SCHEDULER)
                // One that preempts nobody: the cluster's own scheduler would break gangs.
                .withPriorityClassName(PriorityClasses.DEFAULT.value())
                .withRestartPolicy("Always")
                .withTerminationGracePeriodSeconds(0L)
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withAffinity(affinity(gang, template, slot.pool()))
                .withTolerations(
                        template.tolerations().stream().map(Affinities::of).toList())
                .addNewContainer()
                .withName("placeholder")
                .withImage(installation.placeholderImage())
                .withNewResources()
                .withRequests(Quantities.of(template.resources()))
                .withLimits(Quantities.of(limits(template.resources())))
                .endResources()
                .endContainer()
                .endSpec()
                .build();
    }

    Pod elasticPod(Gang gang, PodGroup owner, ElasticPod pod) {
        return pod(gang, owner, pod.of(gang.id()), pod.pool(), pod.template(), true);
    }

    private Pod pod(Gang gang, PodGroup owner, PodRef pod, PoolName pool, PodTemplate template, boolean elastic) {
        TeamPlace place = declarations.place(gang.team());
        String account = account(gang, place, template);
        return new PodBuilder()
                .withMetadata(podMetadata(gang, owner, pod, pool, template, elastic))
                .withNewSpec()
                .withSchedulerName(installation.scheduler())
                .withPriorityClassName(gang.priorityClass().value())
                .withRestartPolicy("Never")
                .withTerminationGracePeriodSeconds(seconds(gang))
                .withServiceAccountName(account)
                .withAutomountServiceAccountToken(account != null)
                .withEnableServiceLinks(false)
                .withHostname(ObjectNames.host(pod.role(), pod.index()))
                .withSubdomain(ObjectNames.service(gang.id()))
                .withAffinity(affinity(gang, template, pool))
                .withTolerations(
                        template.tolerations().stream().map(Affinities::of).toList())
                .withInitContainers(Fetching.containers(template, installation.fetchImage()))
                .withContainers(container(gang, pod, template, elastic, place.namespace()))
                .withVolumes(Volumes.of(template))
                .endSpec()
                .build();
    }

    /** Whoever makes pods has to be somebody to Kubernetes. */
    private static @Nullable String account(Gang gang, TeamPlace place, PodTemplate template) {
        boolean makesPods = !template.isMadeByLeader()
                && gang.members().stream().anyMatch(member -> member.template().isMadeByLeader());
        return place.serviceAccount() == null && makesPods ? TeamPlace.DRIVER : place.serviceAccount();
    }

    private Affinity affinity(Gang gang, PodTemplate template, PoolName pool) {
        return Affinities.of(
                template.affinity().and(declarations.affinity(pool)), template.collocation(), gangLabels(gang));
    }

    private static Map<String, String> gangLabels(Gang gang) {
        return Map.of(Labels.ATTEMPT, ObjectNames.of(gang.id()));
    }

    private Container container(Gang gang, PodRef pod, PodTemplate template, boolean elastic, String namespace) {
        String image = template.image() != null ? template.image() : installation.image();
        if (image == null) {
            throw new IllegalArgumentException(
                    "Role %s of job %s has no image: name one, or let the operator set muster.kubernetes.image"
                            .formatted(pod.role(), gang.jobName()));
        }
        return new ContainerBuilder()
                .withName(CONTAINER)
                .withImage(image)
                .withCommand(template.command())
                .withArgs(template.args())
                .withEnv(environment(gang, pod, template, elastic, namespace))
                .withNewResources()
                .withRequests(Quantities.of(template.resources()))
                .withLimits(Quantities.of(limits(template.resources())))
                .endResources()
                .withVolumeMounts(Volumes.mounts(template))
                .build();
    }

    /** The leader is told what to make its pods from. */
    private List<EnvVar> environment(Gang gang, PodRef pod, PodTemplate template, boolean elastic, String namespace) {
        List<EnvVar> variables = new ArrayList<>(Environment.of(gang, template, pod, elastic, namespace));
        gang.members().stream()
                .filter(member -> member.template().isMadeByLeader())
                .findFirst()
                .ifPresent(member -> {
                    variables.add(new EnvVar(
                            "MUSTER_EXECUTOR_TEMPLATE", Serialization.asJson(executorTemplate(gang, member)), null));
                    variables.add(new EnvVar(
                            "MUSTER_IMAGE", template.image() != null ? template.image() : installation.image(), null));
                });
        return variables;
    }

    /** What a pod must not exceed: everything that it asks for but cpu, which may be borrowed and taken back. */
    private static Resources limits(Resources asked) {
        Map<String, Long> limits = new TreeMap<>(asked.asMap());
        limits.remove(Resources.CPU);
        return Resources.of(limits);
    }

    private ObjectMeta podMetadata(
            Gang gang, PodGroup owner, PodRef pod, PoolName pool, PodTemplate template, boolean elastic) {
        ObjectMetaBuilder metadata = new ObjectMetaBuilder(metadata(ObjectNames.of(pod), gang)
                .withOwnerReferences(owner(owner))
                .build());
        Map<String, String> labels = new TreeMap<>(template.labels());
        labels.putAll(metadata.getLabels());
        labels.put(Labels.ROLE, pod.role().value());
        labels.put(Labels.INDEX, Integer.toString(pod.index()));
        labels.put(Labels.POOL, pool.value());
        if (elastic) {
            labels.put(Labels.ELASTIC, "true");
        }
        Map<String, String> annotations = new TreeMap<>(LEAVE_ALONE);
        annotations.putAll(template.annotations());
        annotations.putAll(metadata.getAnnotations());
        annotations.put(Labels.GROUP_NAME, owner.getMetadata().getName());
        if (gang.waitsForNodes() && !elastic) {
            annotations.putAll(ROOM_IS_KEPT);
        }
        annotations.put(Labels.TASK_SPEC, GangShape.of(gang).taskSpec(pod.role(), pool, elastic));
        return metadata.withLabels(labels).withAnnotations(annotations).build();
    }

    private ObjectMetaBuilder metadata(String name, Gang gang) {
        Map<String, String> labels = new TreeMap<>(identity(gang));
        labels.put(Labels.JOB, gang.id().job().value());
        labels.put(Labels.TEAM, gang.team().value());
        Map<String, String> annotations = new TreeMap<>();
        annotations.put(Labels.ATTEMPT, gang.id().toString());
        annotations.put(Labels.JOB_NAME, gang.jobName());
        return new ObjectMetaBuilder()
                .withName(name)
                .withNamespace(declarations.place(gang.team()).namespace())
                .withLabels(labels)
                .withAnnotations(annotations);
    }

    private Map<String, String> identity(Gang gang) {
        Map<String, String> identity = new TreeMap<>();
        identity.put(Labels.INSTALLATION, installation.id());
        identity.put(Labels.ATTEMPT, ObjectNames.of(gang.id()));
        return identity;
    }

    /** The group that owns the pod is known by its uid only once it has been made. */
    static void own(Pod pod, PodGroup group) {
        pod.getMetadata().setOwnerReferences(List.of(owner(group)));
    }

    private static OwnerReference owner(PodGroup group) {
        return new OwnerReferenceBuilder()
                .withApiVersion(group.getApiVersion())
                .withKind(group.getKind())
                .withName(group.getMetadata().getName())
                .withUid(group.getMetadata().getUid())
                .withController(true)
                .build();
    }

    /**
     * What the leader makes its pods from: held by the gate, in the gang's PodGroup and class, on nodes of its pool where there is but one.
     * What the pods run is the leader's.
     */
    Pod executorTemplate(Gang gang, Gang.Member member) {
        PodTemplate template = member.template();
        Map<String, String> labels = new TreeMap<>(template.labels());
        labels.put(Labels.EXECUTOR_OF, ObjectNames.of(gang.id()));
        labels.put(Labels.ROLE, member.role().value());
        Map<String, String> annotations = new TreeMap<>(LEAVE_ALONE);
        annotations.putAll(template.annotations());
        annotations.remove(PodTemplate.MADE_BY);
        annotations.put(Labels.GROUP_NAME, ObjectNames.of(gang.id()));
        annotations.put(Labels.TASK_SPEC, member.role().value());
        NodeAffinity affinity = member.pools().size() == 1
                ? template.affinity()
                        .and(declarations.affinity(
                                member.pools().keySet().iterator().next()))
                : template.affinity();
        return new PodBuilder()
                .withNewMetadata()
                .withLabels(labels)
                .withAnnotations(annotations)
                .endMetadata()
                .withNewSpec()
                .addNewSchedulingGate(Labels.GATE)
                .withSchedulerName(installation.scheduler())
                .withPriorityClassName(gang.priorityClass().value())
                .withTerminationGracePeriodSeconds(seconds(gang))
                .withEnableServiceLinks(false)
                .withAffinity(Affinities.of(affinity, template.collocation(), gangLabels(gang)))
                .withTolerations(
                        template.tolerations().stream().map(Affinities::of).toList())
                .withContainers(new ContainerBuilder()
                        .withName(CONTAINER)
                        .withVolumeMounts(Volumes.mounts(template))
                        .build())
                .withVolumes(Volumes.of(template))
                .endSpec()
                .build();
    }

    private static long seconds(Gang gang) {
        return gang.grace().plusMillis(999).toSeconds();
    }
}
