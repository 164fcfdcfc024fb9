package dev.muster.kubernetes.external;

import dev.muster.admission.Marks;
import dev.muster.cluster.ClusterUnavailable;
import dev.muster.kubernetes.Informers;
import dev.muster.quota.name.AttemptId;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.volcano.api.model.scheduling.v1beta1.PodGroup;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What was created past Muster as the watches have told it: only objects that carry the queue's label, without what servers note
 * about writers. The watches list everything at the start, so that nothing is missed that happened meanwhile.
 */
final class Seen implements AutoCloseable {
    private static final long AGAIN_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final String GROUP = "group";
    private static final String OWNER = "owner";
    private static final String ATTEMPT = "attempt";

    private final Informers informers = new Informers();
    private final SharedIndexInformer<Job> jobs;
    private final SharedIndexInformer<io.fabric8.volcano.api.model.batch.v1alpha1.Job> volcanoJobs;
    private final SharedIndexInformer<Pod> pods;
    private final SharedIndexInformer<PodGroup> groups;
    private final SharedIndexInformer<Namespace> hubs;
    private final KubernetesClient client;
    private final Informers ofOperator = new Informers();
    /** Null as long as the cluster knows no such kind: the operator is not there. */
    private volatile @Nullable SharedIndexInformer<GenericKubernetesResource> applications;

    private volatile @Nullable SharedIndexInformer<Pod> applicationPods;
    /** Whether the operator is there was answered once: until then nobody may take an application for gone. */
    private volatile boolean answered;

    private volatile long askedAt = System.nanoTime();
    private final Heard heard;

    /** Told after something was noted down: the object that has changed. */
    @FunctionalInterface
    interface Heard {
        void heard(HasMetadata object);
    }

    Seen(KubernetesClient client, Heard heard) {
        this.client = client;
        this.heard = heard;
        this.jobs = add(client.batch().v1().jobs().inAnyNamespace().withLabel(Marks.QUEUE));
        this.volcanoJobs = add(client.resources(io.fabric8.volcano.api.model.batch.v1alpha1.Job.class)
                .inAnyNamespace()
                .withLabel(Marks.QUEUE));
        this.pods = add(client.pods().inAnyNamespace().withLabel(Marks.QUEUE));
        this.groups = add(client.resources(PodGroup.class).inAnyNamespace().withLabel(Marks.QUEUE));
        this.hubs = add(client.namespaces().withLabel(Marks.HUB));
        jobs.addIndexers(Map.of(ATTEMPT, Seen::attemptOf));
        volcanoJobs.addIndexers(Map.of(ATTEMPT, Seen::attemptOf));
        groups.addIndexers(Map.of(ATTEMPT, Seen::attemptOf));
        pods.addIndexers(Map.of(GROUP, Seen::groupOf, OWNER, Seen::ownerOf));
    }

    void start() {
        informers.start();
    }

    boolean areSynced() {
        return informers.areRead() && answered && ofOperator.areRead();
    }

    /**
     * Asks whether the Spark operator is there, and begins to read what it has.
     *
     * @throws ClusterUnavailable where nobody can say
     */
    synchronized void lookForOperator() {
        if (applications != null) {
            return;
        }
        try {
            if (client.hasApiGroup(SparkApplications.KIND.getGroup(), true)) {
                applicationPods = add(ofOperator, client.pods().inAnyNamespace().withLabel(Marks.APPLICATION));
                applications = add(
                        ofOperator,
                        client.genericKubernetesResources(SparkApplications.KIND)
                                .inAnyNamespace()
                                .withLabel(Marks.QUEUE));
                ofOperator.start();
            }
            askedAt = System.nanoTime();
            answered = true;
        } catch (KubernetesClientException e) {
            throw new ClusterUnavailable("Whether the Spark operator is there cannot be told: " + e.getMessage(), e);
        }
    }

    /** It may be installed at any time: it is asked for once a minute until it is there. */
    boolean isToLookForOperator() {
        return !answered || (applications == null && System.nanoTime() - askedAt > AGAIN_NANOS);
    }

    Stream<Job> jobs() {
        return jobs.getStore().list().stream();
    }

    Optional<Job> job(AttemptId attempt) {
        return jobs.getIndexer().byIndex(ATTEMPT, attempt.toString()).stream().findFirst();
    }

    Optional<io.fabric8.volcano.api.model.batch.v1alpha1.Job> volcanoJob(AttemptId attempt) {
        return volcanoJobs.getIndexer().byIndex(ATTEMPT, attempt.toString()).stream()
                .findFirst();
    }

    Stream<GenericKubernetesResource> applications() {
        SharedIndexInformer<GenericKubernetesResource> known = applications;
        return known == null ? Stream.empty() : known.getStore().list().stream();
    }

    Optional<GenericKubernetesResource> application(AttemptId attempt) {
        return applications()
                .filter(application -> attemptOf(application).contains(attempt.toString()))
                .findFirst();
    }

    /** Drivers and executors that the operator makes. */
    Stream<Pod> applicationPods() {
        return applicationPods == null ? Stream.empty() : applicationPods.getStore().list().stream();
    }

    Optional<PodGroup> group(AttemptId attempt) {
        return groups.getIndexer().byIndex(ATTEMPT, attempt.toString()).stream().findFirst();
    }

    Stream<io.fabric8.volcano.api.model.batch.v1alpha1.Job> volcanoJobs() {
        return volcanoJobs.getStore().list().stream();
    }

    Optional<PodGroup> group(String namespace, String name) {
        return Optional.ofNullable(groups.getStore().getByKey(Notes.key(namespace, name)));
    }

    Stream<PodGroup> groups() {
        return groups.getStore().list().stream();
    }

    Stream<Pod> pods() {
        return pods.getStore().list().stream();
    }

    /** Its pods may name the team that they are of. */
    boolean isHub(String namespace) {
        Namespace hub = hubs.getStore().getByKey(namespace);
        return hub != null && Notes.label(hub, Marks.TEAM).isEmpty();
    }

    /** Bare pods of a gang. */
    List<Pod> podsOfGroup(String namespace, String name) {
        return pods.getIndexer().byIndex(GROUP, Notes.key(namespace, name));
    }

    List<Pod> podsOfOwner(String uid) {
        return pods.getIndexer().byIndex(OWNER, uid);
    }

    /** Those of the attempt that have not ended. */
    List<Pod> live(HasMetadata owner, AttemptId attempt) {
        return podsOfOwner(owner.getMetadata().getUid()).stream()
                .filter(pod -> !Notes.isEnded(pod))
                .filter(pod -> Notes.label(pod, Marks.ATTEMPT)
                        .filter(attempt.toString()::equals)
                        .isPresent())
                .toList();
    }

    @Override
    public void close() {
        informers.close();
        ofOperator.close();
    }

    /** By its label; on its way out it is an annotation. */
    private static List<String> attemptOf(HasMetadata object) {
        return Notes.label(object, Marks.ATTEMPT)
                .or(() -> Notes.annotation(object, Notes.LEAVING))
                .map(List::of)
                .orElse(List.of());
    }

    /** The gang's name is an annotation that the webhook writes on bare pods only. */
    private static List<String> groupOf(Pod pod) {
        return Notes.annotation(pod, Marks.GANG_NAME)
                .map(name -> List.of(Notes.key(pod.getMetadata().getNamespace(), name)))
                .orElse(List.of());
    }

    private static List<String> ownerOf(Pod pod) {
        return pod.getMetadata().getOwnerReferences().stream()
                .filter(owner -> Boolean.TRUE.equals(owner.getController()))
                .map(OwnerReference::getUid)
                .toList();
    }

    private <T extends HasMetadata> SharedIndexInformer<T> add(Informable<T> what) {
        return add(informers, what);
    }

    private <T extends HasMetadata> SharedIndexInformer<T> add(Informers to, Informable<T> what) {
        return to.add(what, heard::heard, heard::heard);
    }
}
