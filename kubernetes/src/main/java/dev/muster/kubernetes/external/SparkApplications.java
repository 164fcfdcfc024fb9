package dev.muster.kubernetes.external;

import dev.muster.admission.Marks;
import dev.muster.cluster.Cluster;
import dev.muster.cluster.ExternalRef;
import dev.muster.cluster.ExternalWork;
import dev.muster.cluster.Gang;
import dev.muster.cluster.GangStatus;
import dev.muster.cluster.PodRef;
import dev.muster.cluster.PodStatus;
import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.PriorityClassName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.RoleName;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Applications of the Spark operator: held and evicted by {@code suspend}, which is all of their spec that is ever changed. The gang
 * is Muster's own: its PodGroup is made at the launch, the driver that the operator makes becomes a pod of it, and so do its executors.
 */
final class SparkApplications implements ExternalKind {
    static final ResourceDefinitionContext KIND = new ResourceDefinitionContext.Builder()
            .withGroup("sparkoperator.k8s.io")
            .withVersion("v1beta2")
            .withKind("SparkApplication")
            .withPlural("sparkapplications")
            .withNamespaced(true)
            .build();
    private static final RoleName DRIVER = new RoleName("driver");
    private static final RoleName EXECUTOR = new RoleName("executor");
    private static final List<String> PLACEMENT = List.of("affinity", "tolerations");

    private final Seen seen;
    private final Patches patches;
    private final Cluster gangs;

    SparkApplications(Seen seen, Patches patches, Cluster gangs) {
        this.seen = seen;
        this.patches = patches;
        this.gangs = gangs;
    }

    @Override
    public List<ExternalWork> present() {
        return seen.applications()
                .filter(application -> !Notes.isGoing(application))
                .flatMap(application -> work(application).stream().map(work -> work.running(run(application))))
                .toList();
    }

    /** By its driver's word: the operator's own may be of the attempt before. */
    private ExternalWork.@Nullable Run run(GenericKubernetesResource application) {
        String attempt = Notes.label(application, Marks.ATTEMPT).orElse("");
        return attempt.isEmpty()
                ? null
                : podsOf(application)
                        .filter(pod -> Notes.label(pod, Marks.EXECUTOR_OF)
                                        .filter(attempt::equals)
                                        .isPresent()
                                && Notes.label(pod, Marks.SPARK_ROLE)
                                        .filter(DRIVER.value()::equals)
                                        .isPresent())
                        .flatMap(pod -> Notes.label(pod, Marks.SPARK_APPLICATION).stream())
                        .findFirst()
                        .map(name -> new ExternalWork.Run(AttemptId.parse(attempt), name))
                        .orElse(null);
    }

    private Stream<Pod> podsOf(GenericKubernetesResource application) {
        return seen.applicationPods()
                .filter(pod -> Notes.label(pod, Marks.APPLICATION)
                        .filter(application.getMetadata().getName()::equals)
                        .isPresent())
                .filter(pod -> pod.getMetadata()
                        .getNamespace()
                        .equals(application.getMetadata().getNamespace()));
    }

    /** Empty where its marks cannot be read: it came here before Muster did. */
    private static Optional<ExternalWork> work(GenericKubernetesResource application) {
        ExternalRef ref = ref(application);
        try {
            return Optional.of(new ExternalWork(
                    ref,
                    Notes.annotation(application, Marks.SUBMITTED_BY).orElse("unknown"),
                    new QueueName(Notes.label(application, Marks.QUEUE).orElse("")),
                    new PriorityClassName(text(application, "spec", "batchSchedulerOptions", "priorityClassName")),
                    List.of(role(application, ref, DRIVER), role(application, ref, EXECUTOR)),
                    true,
                    phase(application),
                    Serialization.asJson(application.getAdditionalProperties())));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Where its pods may run; how many there are and what they ask is worked out of the manifest. */
    private static ExternalWork.Role role(GenericKubernetesResource application, ExternalRef ref, RoleName role) {
        Map<String, Object> placement = new HashMap<>();
        for (String field : PLACEMENT) {
            Object value = application.get("spec", role.value(), field);
            if (value != null) {
                placement.put(field, value);
            }
        }
        Map<Object, Object> selector = new HashMap<>();
        for (Object one : new @Nullable Object[] {
            application.get("spec", "nodeSelector"), application.get("spec", role.value(), "nodeSelector")
        }) {
            if (one instanceof Map<?, ?> labels) {
                selector.putAll(labels);
            }
        }
        placement.put("nodeSelector", selector);
        PodSpec pod = Serialization.unmarshal(Serialization.asJson(placement), PodSpec.class);
        return new ExternalWork.Role(role, 1, Templates.of(pod, ref));
    }

    private static ExternalRef ref(GenericKubernetesResource application) {
        return new ExternalRef(
                ExternalRef.Kind.SPARK_APPLICATION,
                application.getMetadata().getNamespace(),
                application.getMetadata().getName(),
                application.getMetadata().getUid());
    }

    private static ExternalWork.Phase phase(GenericKubernetesResource application) {
        if (hasEnded(application)) {
            return ExternalWork.Phase.ENDED;
        }
        return isSuspended(application)
                        && Notes.label(application, Marks.ATTEMPT).isEmpty()
                ? ExternalWork.Phase.HELD
                : ExternalWork.Phase.LAUNCHED;
    }

    @Override
    public Set<AttemptId> attempts() {
        Set<AttemptId> attempts = new TreeSet<>();
        seen.applications()
                .flatMap(application -> Notes.label(application, Marks.ATTEMPT).stream())
                .map(AttemptId::parse)
                .forEach(attempts::add);
        return attempts;
    }

    @Override
    public void launch(ExternalRef ref, Gang gang) {
        GenericKubernetesResource application = patches.client()
                .genericKubernetesResources(KIND)
                .inNamespace(ref.namespace())
                .withName(ref.name())
                .get();
        if (application == null
                || !application.getMetadata().getUid().equals(ref.uid())
                || Notes.isGoing(application)
                || hasEnded(application)) {
            throw new IllegalArgumentException("%s is not there any more".formatted(ref));
        }
        gangs.launch(gang);
        String attempt = gang.id().toString();
        boolean told = attempt.equals(Notes.label(application, Marks.ATTEMPT).orElse(""));
        if (!told || isSuspended(application)) {
            patches.merge(
                    application,
                    Map.of(
                            "metadata",
                            Map.of("labels", Map.of(Marks.ATTEMPT, attempt)),
                            "spec",
                            Map.of("suspend", false)),
                    false);
        }
    }

    /**
     * Before its pods are ended: the operator takes a driver that vanishes for one that failed, unless it is suspended. Nor is it let go
     * again before the operator has seen that, or it would see the driver gone and nothing else.
     */
    @Override
    public void release(AttemptId attempt) {
        GenericKubernetesResource application = seen.application(attempt).orElse(null);
        if (application == null) {
            return;
        }
        if (!hasEnded(application) && !isSuspended(application)) {
            patches.merge(application, Map.of("spec", Map.of("suspend", true)), false);
        } else if (gangs.status(attempt).isEmpty() && isAtRest(application)) {
            Map<String, Object> labels = new HashMap<>();
            labels.put(Marks.ATTEMPT, null);
            patches.merge(application, Map.of("metadata", Map.of("labels", labels)), false);
        }
    }

    /** From the pods; from the application where it has ended without a driver of which that could be told. */
    @Override
    public Optional<GangStatus> status(AttemptId attempt) {
        return seen.application(attempt).flatMap(application -> {
            Optional<GangStatus> pods = gangs.status(attempt);
            boolean told = pods.stream()
                    .flatMap(status -> status.pods().stream())
                    .anyMatch(pod ->
                            pod.pod().role().equals(DRIVER) && pod.phase().isFinal());
            if (told || !hasEnded(application)) {
                // Until the attempt is off the application, it is not over.
                return pods.or(() -> Optional.of(new GangStatus(attempt, List.of(), "")));
            }
            return Optional.of(
                    ended(attempt, application, pods.map(GangStatus::pods).orElse(List.of())));
        });
    }

    private GangStatus ended(AttemptId attempt, GenericKubernetesResource application, List<PodStatus> pods) {
        List<PodStatus> all = new ArrayList<>(
                pods.stream().filter(pod -> !pod.pod().role().equals(DRIVER)).toList());
        Optional<PodStatus> driver =
                pods.stream().filter(pod -> pod.pod().role().equals(DRIVER)).findFirst();
        Instant now = gangs.now();
        String said = text(application, "status", "applicationState", "errorMessage");
        all.add(Statuses.ended(
                new PodRef(attempt, DRIVER, 0),
                driver.map(PodStatus::pool).orElse(new PoolName("unknown")),
                state(application).equals("COMPLETED"),
                driver.map(PodStatus::startedAt).orElse(now),
                now,
                said.isEmpty() ? "the Spark operator says %s".formatted(state(application)) : said));
        return new GangStatus(attempt, all, "");
    }

    @Override
    public Optional<Pod> pod(PodRef pod) {
        return Optional.empty();
    }

    @Override
    public void discard(ExternalRef ref) {
        seen.applications()
                .filter(application -> ref(application).equals(ref))
                .findFirst()
                .ifPresent(patches::delete);
    }

    /** Pods that the operator has made are for the attempt that its application was let go for. */
    void look(HasMetadata object) {
        if (object instanceof Pod pod) {
            Notes.label(pod, Marks.APPLICATION)
                    .flatMap(name -> seen.applications()
                            .filter(application ->
                                    application.getMetadata().getName().equals(name)
                                            && application
                                                    .getMetadata()
                                                    .getNamespace()
                                                    .equals(pod.getMetadata().getNamespace()))
                            .findFirst())
                    .ifPresent(application -> mark(application, Stream.of(pod)));
        } else if (object instanceof GenericKubernetesResource application) {
            mark(application, podsOf(application));
        }
    }

    private void mark(GenericKubernetesResource application, Stream<Pod> pods) {
        String attempt = Notes.label(application, Marks.ATTEMPT).orElse("");
        if (attempt.isEmpty() || isSuspended(application)) {
            return;
        }
        pods.filter(pod -> !Notes.isGoing(pod) && !Notes.isEnded(pod))
                .filter(pod -> Notes.label(pod, Marks.EXECUTOR_OF).isEmpty())
                .forEach(pod -> patches.merge(
                        pod, Map.of("metadata", Map.of("labels", Map.of(Marks.EXECUTOR_OF, attempt))), false));
    }

    private static boolean isSuspended(GenericKubernetesResource application) {
        return Boolean.TRUE.equals(application.get("spec", "suspend"));
    }

    /** By the operator's word: it does not run again. */
    private static boolean hasEnded(GenericKubernetesResource application) {
        String state = state(application);
        return state.equals("COMPLETED") || state.equals("FAILED");
    }

    /** The operator does nothing with it: it has not begun, is suspended, or is done. */
    private static boolean isAtRest(GenericKubernetesResource application) {
        String state = state(application);
        return state.isEmpty() || state.equals("SUSPENDED") || hasEnded(application);
    }

    private static String state(GenericKubernetesResource application) {
        return text(application, "status", "applicationState", "state");
    }

    private static String text(GenericKubernetesResource application, Object... path) {
        Object value = application.get(path);
        return value instanceof String text ? text : "";
    }
}
