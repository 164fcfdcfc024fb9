package dev.muster.kubernetes;

import dev.muster.cluster.ElasticPod;
import dev.muster.cluster.PodRef;
import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.RoleName;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Pods that the leader of a gang makes by itself, as Spark's driver makes its executors: held by a gate until as many are there as
 * the gang has. Then the PodGroup asks for all of them, each becomes a pod of the gang, and the gates come off together. One that
 * comes later takes the place of one that is gone, or one that the planner has grown; others stay behind their gates.
 */
final class Executors implements AutoCloseable {
    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);
    private static final long AGAIN_SECONDS = 5;
    private static final String BY_ATTEMPT = "attempt";
    private static final Comparator<Pod> ORDER = Comparator.comparingInt(Executors::number)
            .thenComparing(pod -> pod.getMetadata().getName());

    private final KubernetesClient client;
    private final Sightings sightings;
    private final Nodes nodes;
    private final String installation;
    private final Connections connections;
    private final Informers informers = new Informers();
    private final SharedIndexInformer<Pod> made;
    private final Map<AttemptId, Map<PodRef, PoolName>> grown = new ConcurrentHashMap<>();
    /** Attempts that will be looked at in a moment: one look sees all that has happened until then. */
    private final Set<AttemptId> due = ConcurrentHashMap.newKeySet();
    /** Places that were given and that the watch does not tell of yet, by the uids of their pods. */
    private final Map<String, PodRef> given = new ConcurrentHashMap<>();

    /** How many pods each leader has made that have no place, where there are some. */
    private final Map<AttemptId, Integer> unplaced = new ConcurrentHashMap<>();
    /** Is told where a leader asks for more or for fewer. */
    private final Consumer<AttemptId> told;

    private final ScheduledExecutorService thread =
            java.util.concurrent.Executors.newSingleThreadScheduledExecutor(work -> {
                Thread thread = new Thread(work, "muster-executors");
                thread.setDaemon(true);
                return thread;
            });
    private volatile BooleanSupplier leads = () -> true;

    Executors(
            KubernetesClient client,
            Sightings sightings,
            Nodes nodes,
            String installation,
            Connections connections,
            Consumer<AttemptId> told) {
        this.told = told;
        this.client = client;
        this.sightings = sightings;
        this.nodes = nodes;
        this.installation = installation;
        this.connections = connections;
        this.made = informers.add(
                client.pods().inAnyNamespace().withLabel(Labels.EXECUTOR_OF), this::changed, this::changed);
        made.addIndexers(Map.of(BY_ATTEMPT, pod -> attempt(pod).map(AttemptId::toString).stream()
                .toList()));
    }

    void start() {
        informers.start();
        // What came while another replica led, and what could not be written, is looked at again.
        thread.scheduleWithFixedDelay(
                () -> Connections.later(Runnable::run, this::lookAtAll),
                AGAIN_SECONDS,
                AGAIN_SECONDS,
                TimeUnit.SECONDS);
    }

    boolean areSynced() {
        return informers.areRead();
    }

    /** Only who leads takes executors in: two would give the same place twice. */
    void leadWhile(BooleanSupplier says) {
        leads = says;
    }

    /** From now on the leader's pods may take these places, too. */
    void grow(AttemptId attempt, List<ElasticPod> pods) {
        Map<PodRef, PoolName> places = grown.computeIfAbsent(attempt, id -> new ConcurrentHashMap<>());
        pods.forEach(pod -> places.put(pod.of(attempt), pod.pool()));
        later(attempt);
    }

    /** How many pods the leader of this attempt has made that wait for a place that is not there. */
    int unplaced(AttemptId attempt) {
        return unplaced.getOrDefault(attempt, 0);
    }

    void shrink(AttemptId attempt, Set<PodRef> pods) {
        grown.getOrDefault(attempt, new ConcurrentHashMap<>()).keySet().removeAll(pods);
    }

    /** After the attempt was let go: what has no place in the gang goes with it, whoever owns it. */
    void end(AttemptId attempt) {
        grown.remove(attempt);
        unplaced.remove(attempt);
        later(attempt);
    }

    private void changed(Pod pod) {
        if (index(pod).isPresent() || pod.getMetadata().getDeletionTimestamp() != null) {
            given.remove(pod.getMetadata().getUid());
        }
        attempt(pod).ifPresent(this::later);
    }

    private void later(AttemptId attempt) {
        if (due.add(attempt)) {
            Connections.later(thread, () -> {
                due.remove(attempt);
                look(attempt);
            });
        }
    }

    private void lookAtAll() {
        made.getStore().list().stream()
                .filter(Executors::isWaiting)
                .flatMap(pod -> attempt(pod).stream())
                .distinct()
                .toList()
                .forEach(this::look);
        // Of places that nobody takes nothing tells but the time.
        grown.forEach((attempt, places) -> {
            if (!places.isEmpty()) {
                told.accept(attempt);
            }
        });
    }

    private void want(AttemptId attempt, int more) {
        Integer before = more == 0 ? unplaced.remove(attempt) : unplaced.put(attempt, more);
        if ((before == null ? 0 : before) != more) {
            told.accept(attempt);
        }
    }

    private void look(AttemptId attempt) {
        if (sightings.isLetGo(attempt)) {
            dismiss(attempt);
            return;
        }
        GroupFacts group = sightings.group(attempt).orElse(null);
        if (group == null || group.going() || !leads.getAsBoolean()) {
            return;
        }
        List<Pod> all = made.getIndexer().byIndex(BY_ATTEMPT, attempt.toString()).stream()
                .filter(pod -> group.namespace().equals(pod.getMetadata().getNamespace()))
                .toList();
        leader(all, attempt, group);
        List<Pod> pods =
                all.stream().filter(pod -> !isOf(group.madeByOperator(), pod)).toList();
        Set<Integer> taken = new HashSet<>();
        Set<Integer> everTaken = new HashSet<>();
        pods.forEach(pod -> index(pod).ifPresent(index -> {
            everTaken.add(index);
            if (!hasEnded(pod)) {
                taken.add(index);
            }
        }));
        pods.stream()
                .map(pod -> given.get(pod.getMetadata().getUid()))
                .filter(Objects::nonNull)
                .forEach(place -> {
                    everTaken.add(place.index());
                    taken.add(place.index());
                });
        List<Pod> waiting = pods.stream()
                .filter(Executors::isWaiting)
                .filter(pod -> !given.containsKey(pod.getMetadata().getUid()))
                .sorted(ORDER)
                .toList();
        Map<PodRef, PoolName> places = places(attempt, group, taken);
        long ofTheGang = group.shape().slots(attempt).stream()
                .filter(slot -> group.madeByLeader().contains(slot.pod().role()))
                .count();
        boolean first = everTaken.isEmpty();
        boolean some = first && waiting.size() < ofTheGang;
        want(attempt, some ? 0 : Math.max(0, waiting.size() - places.size()));
        if (waiting.isEmpty() || some) {
            return;
        }
        if (first) {
            askForAll(group);
        }
        List<Map.Entry<PodRef, PoolName>> free = new ArrayList<>(places.entrySet());
        List<Runnable> work = new ArrayList<>();
        for (int i = 0; i < Math.min(free.size(), waiting.size()); i++) {
            Pod pod = waiting.get(i);
            Map.Entry<PodRef, PoolName> place = free.get(i);
            work.add(() -> give(pod, group, place.getKey(), place.getValue()));
        }
        if (!work.isEmpty()) {
            connections.all(work, Runnable::run);
        }
    }

    /** A leader that still stops may make some more; those with a place are ended as all pods of a gang are. */
    private void dismiss(AttemptId attempt) {
        if (leads.getAsBoolean()) {
            connections.all(
                    made.getIndexer().byIndex(BY_ATTEMPT, attempt.toString()).stream()
                            .filter(Executors::isWaiting)
                            .toList(),
                    pod -> client.resource(pod).delete());
        }
    }

    /** One that an operator makes has its place in the gang at once, as one that Muster makes: the others come by it. */
    private void leader(List<Pod> all, AttemptId attempt, GroupFacts group) {
        List<Pod> own =
                all.stream().filter(pod -> isOf(group.madeByOperator(), pod)).toList();
        boolean taken = own.stream().anyMatch(pod -> index(pod).isPresent() && !hasEnded(pod));
        if (own.isEmpty() || taken) {
            return;
        }
        group.shape().slots(attempt).stream()
                .filter(slot -> group.madeByOperator().contains(slot.pod().role()))
                .findFirst()
                .ifPresent(slot -> own.stream()
                        .filter(Executors::isWaiting)
                        .min(ORDER)
                        .ifPresent(pod ->
                                connections.all(List.of(pod), one -> take(one, group, slot.pod(), slot.pool()))));
    }

    private static boolean isOf(Set<RoleName> roles, Pod pod) {
        String role = pod.getMetadata().getLabels().getOrDefault(Labels.ROLE, "");
        return roles.stream().anyMatch(each -> each.value().equals(role));
    }

    /** Places that nobody has, those of the gang first. */
    private Map<PodRef, PoolName> places(AttemptId attempt, GroupFacts group, Set<Integer> taken) {
        Map<PodRef, PoolName> places = new LinkedHashMap<>();
        group.shape().slots(attempt).stream()
                .filter(slot -> group.madeByLeader().contains(slot.pod().role()))
                .filter(slot -> !taken.contains(slot.pod().index()))
                .forEach(slot -> places.put(slot.pod(), slot.pool()));
        grown.getOrDefault(attempt, Map.of()).entrySet().stream()
                .filter(place -> !taken.contains(place.getKey().index()))
                .sorted(Comparator.comparingInt(place -> place.getKey().index()))
                .forEach(place -> places.put(place.getKey(), place.getValue()));
        return places;
    }

    /** Volcano binds the driver alone at first; from now on it is all of the executors or none, before any has lost its gate. */
    private void askForAll(GroupFacts group) {
        Map<String, Integer> tasks = group.shape().minima(Set.of());
        int all = tasks.values().stream().mapToInt(Integer::intValue).sum();
        String patch = client.getKubernetesSerialization()
                .asJson(Map.of(
                        "metadata",
                        Map.of("uid", group.uid()),
                        "spec",
                        Map.of("minMember", all, "minTaskMember", tasks)));
        client.resources(io.fabric8.volcano.api.model.scheduling.v1beta1.PodGroup.class)
                .inNamespace(group.namespace())
                .withName(group.name())
                .patch(MERGE, patch);
    }

    private void give(Pod pod, GroupFacts group, PodRef place, PoolName pool) {
        take(pod, group, place, pool);
        given.put(pod.getMetadata().getUid(), place);
    }

    /** It becomes that pod of the gang, on nodes of that pool, and its gate comes off, in one step. */
    private void take(Pod pod, GroupFacts group, PodRef place, PoolName pool) {
        boolean elastic = place.index() >= group.shape().pods(place.role());
        client.pods()
                .inNamespace(pod.getMetadata().getNamespace())
                .withName(pod.getMetadata().getName())
                .edit(found -> {
                    if (!found.getMetadata().getUid().equals(pod.getMetadata().getUid())
                            || index(found).isPresent()) {
                        return found;
                    }
                    Pod changed = new PodBuilder(found)
                            .editMetadata()
                            .addToLabels(Labels.INSTALLATION, installation)
                            .addToLabels(Labels.ATTEMPT, ObjectNames.of(place.attempt()))
                            .addToLabels(Labels.JOB, place.attempt().job().value())
                            .addToLabels(Labels.ROLE, place.role().value())
                            .addToLabels(Labels.INDEX, Integer.toString(place.index()))
                            .addToLabels(Labels.POOL, pool.value())
                            .addToAnnotations(Labels.ATTEMPT, place.attempt().toString())
                            .endMetadata()
                            .build();
                    changed.getMetadata()
                            .getAnnotations()
                            .putAll(Map.of(
                                    Labels.GROUP_NAME,
                                    group.name(),
                                    Labels.TASK_SPEC,
                                    group.shape().taskSpec(place.role(), pool, elastic)));
                    if (elastic) {
                        changed.getMetadata().getLabels().put(Labels.ELASTIC, "true");
                    }
                    pin(changed.getSpec(), pool);
                    changed.getSpec().getSchedulingGates().removeIf(gate -> Labels.GATE.equals(gate.getName()));
                    return changed;
                });
    }

    /** A pod that asks no nodes yet; one that does was told of its pool in its template, or may run in any that it asks for. */
    private void pin(PodSpec spec, PoolName pool) {
        boolean asks = spec.getAffinity() != null
                && spec.getAffinity().getNodeAffinity() != null
                && spec.getAffinity().getNodeAffinity().getRequiredDuringSchedulingIgnoredDuringExecution() != null;
        if (!asks) {
            Affinity pinned = Affinities.of(nodes.declarations().affinity(pool));
            if (spec.getAffinity() == null) {
                spec.setAffinity(pinned);
            } else {
                // How it wishes to lie to the others stays.
                spec.getAffinity().setNodeAffinity(pinned.getNodeAffinity());
            }
        }
    }

    /** Its place is free, also where Spark was told to leave it lie for its readers. */
    private static boolean hasEnded(Pod pod) {
        String phase =
                pod.getStatus() == null ? "" : String.valueOf(pod.getStatus().getPhase());
        return phase.equals("Succeeded") || phase.equals("Failed");
    }

    /** Held, and no pod of its gang yet. */
    private static boolean isWaiting(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() == null
                && index(pod).isEmpty()
                && pod.getSpec().getSchedulingGates() != null
                && pod.getSpec().getSchedulingGates().stream().anyMatch(gate -> Labels.GATE.equals(gate.getName()));
    }

    private static Optional<Integer> index(Pod pod) {
        String index = pod.getMetadata().getLabels().get(Labels.INDEX);
        return index == null || !index.matches("\\d{1,6}") ? Optional.empty() : Optional.of(Integer.valueOf(index));
    }

    /** By Spark's own number, where it has one: those of the gang are made first. */
    private static int number(Pod pod) {
        String id = pod.getMetadata().getLabels().getOrDefault("spark-exec-id", "");
        return id.matches("\\d{1,9}") ? Integer.parseInt(id) : Integer.MAX_VALUE;
    }

    private static Optional<AttemptId> attempt(Pod pod) {
        Map<String, String> labels = pod.getMetadata().getLabels();
        try {
            return labels == null
                    ? Optional.empty()
                    : Optional.of(AttemptId.parse(labels.getOrDefault(Labels.EXECUTOR_OF, "")));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        informers.close();
    }
}
