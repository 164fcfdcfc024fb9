package dev.muster.kubernetes.external;

import dev.muster.admission.Marks;
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
import dev.muster.quota.name.TeamName;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.volcano.api.model.scheduling.v1beta1.PodGroup;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Bare pods with the same gang's name, or one alone: held by a gate. The gates come off together, once all pods of the gang are
 * there and it is launched. They are deleted only where every pod says that it may be: nobody makes them again.
 */
final class PodGangs implements ExternalKind {
    private static final Comparator<Pod> ORDER = Comparator.comparing(
                    (Pod pod) -> pod.getMetadata().getCreationTimestamp())
            .thenComparing(pod -> pod.getMetadata().getName());

    private final Seen seen;
    private final Patches patches;
    private final Statuses statuses;
    private final Pinning pinning;
    private final String installation;
    private final InstantSource clock;

    PodGangs(Seen seen, Patches patches, Statuses statuses, Pinning pinning, String installation, InstantSource clock) {
        this.seen = seen;
        this.patches = patches;
        this.statuses = statuses;
        this.pinning = pinning;
        this.installation = installation;
        this.clock = clock;
    }

    @Override
    public List<ExternalWork> present() {
        Map<String, List<Pod>> gangs = new LinkedHashMap<>();
        seen.pods().filter(pod -> !Notes.isGoing(pod)).forEach(pod -> Notes.annotation(pod, Marks.GANG_NAME)
                .ifPresent(name -> gangs.computeIfAbsent(
                                Notes.key(pod.getMetadata().getNamespace(), name), key -> new ArrayList<>())
                        .add(pod)));
        return gangs.values().stream().flatMap(pods -> work(pods).stream()).toList();
    }

    private Optional<ExternalWork> work(List<Pod> pods) {
        List<Pod> held = pods.stream().filter(Notes::isGated).sorted(ORDER).toList();
        Pod first = held.isEmpty() ? pods.stream().min(ORDER).orElseThrow() : held.get(0);
        Optional<PodGroup> group = seen.group(
                first.getMetadata().getNamespace(),
                Notes.annotation(first, Marks.GANG_NAME).orElseThrow());
        boolean launched =
                group.flatMap(found -> Notes.label(found, Marks.ATTEMPT)).isPresent();
        ExternalRef ref = ref(first, launched ? group : Optional.empty());
        if (!launched && held.isEmpty()) {
            return Optional.empty();
        }
        int size = size(pods, group);
        List<Pod> gang = launched ? pods : held.subList(0, Math.min(size, held.size()));
        ExternalWork.Phase phase = launched
                ? ExternalWork.Phase.LAUNCHED
                : held.size() >= size ? ExternalWork.Phase.HELD : ExternalWork.Phase.PARTIAL;
        try {
            return Optional.of(new ExternalWork(
                            ref,
                            Notes.annotation(first, Marks.SUBMITTED_BY).orElse("unknown"),
                            new QueueName(Notes.label(first, Marks.QUEUE).orElse("")),
                            new PriorityClassName(String.valueOf(first.getSpec().getPriorityClassName())),
                            Alike.of(gang, ref).stream().map(Alike::role).toList(),
                            isEvictable(gang),
                            phase)
                    .of(team(first).orElse(null)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** What the webhook has let pass in a hub's namespace; a label anywhere else says nothing. */
    private Optional<TeamName> team(Pod pod) {
        return seen.isHub(pod.getMetadata().getNamespace())
                ? Notes.label(pod, Marks.TEAM).map(TeamName::new)
                : Optional.empty();
    }

    /** The largest that any of them names, else what the PodGroup says. */
    private static int size(List<Pod> pods, Optional<PodGroup> group) {
        int named = pods.stream()
                .flatMap(pod -> Notes.annotation(pod, Marks.GANG_SIZE).stream())
                .mapToInt(text -> text.matches("\\d{1,5}") ? Integer.parseInt(text) : 1)
                .max()
                .orElse(0);
        return Math.max(
                1,
                Math.max(
                        named,
                        group.map(found -> found.getSpec().getMinMember()).orElse(1)));
    }

    private static boolean isEvictable(List<Pod> pods) {
        return pods.stream().allMatch(pod -> Notes.annotation(pod, Marks.EVICTABLE)
                .filter("true"::equals)
                .isPresent());
    }

    /** Known by its oldest pod; once it is launched by what was written then, for pods may go one by one. */
    private static ExternalRef ref(Pod first, Optional<PodGroup> launched) {
        return new ExternalRef(
                ExternalRef.Kind.PODS,
                first.getMetadata().getNamespace(),
                Notes.annotation(first, Marks.GANG_NAME).orElseThrow(),
                launched.flatMap(group -> Notes.annotation(group, Notes.FIRST))
                        .orElseGet(() -> first.getMetadata().getUid()));
    }

    @Override
    public Set<AttemptId> attempts() {
        Set<AttemptId> attempts = new TreeSet<>();
        seen.groups()
                .flatMap(group -> bare(group).stream())
                .flatMap(group -> Notes.label(group, Marks.ATTEMPT).stream())
                .map(AttemptId::parse)
                .forEach(attempts::add);
        return attempts;
    }

    /** Not the group of a Job, which carries its attempt too. */
    private static Optional<PodGroup> bare(PodGroup group) {
        return group.getMetadata().getOwnerReferences().stream()
                        .noneMatch(owner -> owner.getKind().equals("Job"))
                ? Optional.of(group)
                : Optional.empty();
    }

    @Override
    public void launch(ExternalRef ref, Gang gang) {
        String attempt = gang.id().toString();
        PodGroup group = patches.group(gang, ref.namespace(), ref.name(), null);
        String carried = Notes.label(group, Marks.ATTEMPT).orElse(attempt);
        if (!carried.equals(attempt)) {
            throw new IllegalArgumentException("PodGroup %s in namespace %s is that of attempt %s: remove it"
                    .formatted(ref.name(), ref.namespace(), carried));
        }
        if (Notes.annotation(group, Notes.FIRST).filter(ref.uid()::equals).isEmpty()
                || Notes.label(group, Marks.ATTEMPT).isEmpty()) {
            mark(group, attempt, Placement.of(gang).text(), ref.uid());
        }
        List<Pod> present =
                patches.client().pods().inNamespace(ref.namespace()).withLabel(Marks.QUEUE).list().getItems().stream()
                        .filter(pod -> Notes.annotation(pod, Marks.GANG_NAME)
                                .filter(ref.name()::equals)
                                .isPresent())
                        .filter(pod -> !Notes.isGoing(pod))
                        .sorted(ORDER)
                        .toList();
        Set<String> taken = new TreeSet<>();
        present.stream()
                .filter(pod ->
                        Notes.label(pod, Marks.ATTEMPT).filter(attempt::equals).isPresent())
                .flatMap(pod -> Notes.annotation(pod, Notes.SLOT).stream())
                .forEach(taken::add);
        let(slots(gang, ref, present, taken), attempt, Placement.of(gang));
    }

    /** Which held pod becomes which of the gang; all of what is missing, or a refusal. */
    private static Map<String, Pod> slots(Gang gang, ExternalRef ref, List<Pod> present, Set<String> taken) {
        List<Pod> held = present.stream().filter(Notes::isGated).toList();
        Map<String, Pod> slots = new LinkedHashMap<>();
        List<Alike> groups = Alike.of(held, ref);
        for (Gang.Member member : gang.members()) {
            List<Pod> pods = groups.stream()
                    .filter(alike -> alike.asksLike(member.template()))
                    .filter(alike -> alike.isOf(member.role()))
                    .flatMap(alike -> alike.pods().stream())
                    .filter(pod -> !slots.containsValue(pod))
                    .toList();
            int next = 0;
            for (int i = 0; i < member.pods(); i++) {
                String slot = member.role() + "/" + i;
                if (taken.contains(slot)) {
                    continue;
                }
                if (next >= pods.size()) {
                    throw new IllegalArgumentException("%s has not all pods of role %s any more: %d are missing"
                            .formatted(ref, member.role(), member.pods() - i));
                }
                slots.put(slot, pods.get(next++));
            }
        }
        return slots;
    }

    /** The scheduler looks at none of them before the last gate is off: its group wants all of them. */
    private void let(Map<String, Pod> slots, String attempt, Placement placement) {
        slots.forEach((slot, pod) -> patches.ungate(
                pod,
                Map.of(Marks.ATTEMPT, attempt, Notes.INSTALLATION, installation),
                Map.of(Notes.SLOT, slot),
                spec -> pinning.pod(spec, placement.pools(slot))));
    }

    private void mark(PodGroup group, String attempt, String placement, String first) {
        patches.merge(
                group,
                Map.of(
                        "metadata",
                        Map.of(
                                "labels", Map.of(Marks.ATTEMPT, attempt),
                                "annotations", Map.of(Notes.PLACEMENT, placement, Notes.FIRST, first))),
                false);
    }

    @Override
    public void release(AttemptId attempt) {
        PodGroup group = seen.group(attempt).flatMap(PodGangs::bare).orElse(null);
        if (group == null) {
            return;
        }
        List<Pod> live =
                pods(group, attempt).stream().filter(pod -> !Notes.isEnded(pod)).toList();
        if (!live.isEmpty()) {
            if (isEvictable(live)) {
                live.stream().filter(pod -> !Notes.isGoing(pod)).forEach(patches::delete);
            }
        } else if (Notes.annotation(group, Notes.MADE).isPresent()) {
            patches.delete(group);
        } else {
            Map<String, Object> labels = new HashMap<>();
            labels.put(Marks.ATTEMPT, null);
            patches.merge(group, Map.of("metadata", Map.of("labels", labels)), false);
        }
    }

    @Override
    public Optional<GangStatus> status(AttemptId attempt) {
        return seen.group(attempt).flatMap(PodGangs::bare).map(group -> {
            Placement placement =
                    Placement.parse(Notes.annotation(group, Notes.PLACEMENT).orElse(""));
            List<Pod> pods = pods(group, attempt);
            boolean begun = pods.stream().anyMatch(pod -> !Notes.isGated(pod));
            List<PodStatus> all = new ArrayList<>();
            placement.slots().forEach((role, pools) -> {
                for (int i = 0; i < pools.size(); i++) {
                    slot(pods, new PodRef(attempt, role, i), pools.get(i), begun)
                            .ifPresent(all::add);
                }
            });
            return new GangStatus(
                    attempt,
                    all,
                    Groups.message(
                            seen,
                            group.getMetadata().getNamespace(),
                            group.getMetadata().getName()));
        });
    }

    private Optional<PodStatus> slot(List<Pod> pods, PodRef ref, PoolName pool, boolean begun) {
        Optional<PodStatus> found = find(pods, ref).map(pod -> statuses.of(pod, ref, pool));
        return found.isPresent() || !begun ? found : Optional.of(Statuses.missing(ref, pool, clock.instant()));
    }

    private static Optional<Pod> find(List<Pod> pods, PodRef ref) {
        String slot = ref.role() + "/" + ref.index();
        return pods.stream()
                .filter(pod ->
                        Notes.annotation(pod, Notes.SLOT).filter(slot::equals).isPresent())
                .findFirst();
    }

    private List<Pod> pods(HasMetadata group, AttemptId attempt) {
        return seen
                .podsOfGroup(
                        group.getMetadata().getNamespace(), group.getMetadata().getName())
                .stream()
                .filter(pod -> Notes.label(pod, Marks.ATTEMPT)
                        .filter(attempt.toString()::equals)
                        .isPresent())
                .toList();
    }

    @Override
    public Optional<Pod> pod(PodRef pod) {
        return seen.group(pod.attempt()).flatMap(group -> find(pods(group, pod.attempt()), pod));
    }

    @Override
    public void discard(ExternalRef ref) {
        if (present().stream().anyMatch(work -> work.ref().equals(ref))) {
            seen.podsOfGroup(ref.namespace(), ref.name()).stream()
                    .filter(pod -> !Notes.isGoing(pod) && !Notes.isEnded(pod))
                    .forEach(patches::delete);
        }
    }

    static RoleName role(Pod pod) {
        return new RoleName(Notes.label(pod, Marks.ROLE).orElse("worker"));
    }
}
