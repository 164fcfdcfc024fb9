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
import io.fabric8.kubernetes.api.model.NodeSelectorTerm;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Jobs of Kubernetes: held and evicted by {@code suspend}. Pods that fail are the Job's own matter: it replaces them, and says
 * when it is complete or has failed.
 */
final class Jobs implements ExternalKind {
    private final Seen seen;
    private final Patches patches;
    private final Statuses statuses;
    private final Pinning pinning;
    private final String installation;

    Jobs(Seen seen, Patches patches, Statuses statuses, Pinning pinning, String installation) {
        this.seen = seen;
        this.patches = patches;
        this.statuses = statuses;
        this.pinning = pinning;
        this.installation = installation;
    }

    @Override
    public List<ExternalWork> present() {
        return seen.jobs()
                .filter(job -> !Notes.isGoing(job))
                .flatMap(job -> work(job).stream())
                .toList();
    }

    /** Empty where its marks cannot be read: it came here before Muster did. */
    private static Optional<ExternalWork> work(Job job) {
        ExternalRef ref = ref(job);
        try {
            ExternalWork.Role role = new ExternalWork.Role(role(job), pods(job), Templates.of(asked(job), ref));
            return Optional.of(new ExternalWork(
                    ref,
                    Notes.annotation(job, Marks.SUBMITTED_BY).orElse("unknown"),
                    new QueueName(Notes.label(job, Marks.QUEUE).orElse("")),
                    new PriorityClassName(
                            String.valueOf(job.getSpec().getTemplate().getSpec().getPriorityClassName())),
                    List.of(role),
                    true,
                    phase(job)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The pods as they were asked for: what a launch has added holds for that attempt. */
    private static PodSpec asked(Job job) {
        return Pinning.with(job.getSpec().getTemplate().getSpec(), terms(job));
    }

    private static List<NodeSelectorTerm> terms(Job job) {
        return Notes.annotation(job, Notes.NODES)
                .map(Jobs::terms)
                .orElseGet(() -> Pinning.asked(job.getSpec().getTemplate().getSpec()));
    }

    private static List<NodeSelectorTerm> terms(String kept) {
        try {
            return List.of(Serialization.unmarshal(kept, NodeSelectorTerm[].class));
        } catch (KubernetesClientException e) {
            throw new IllegalArgumentException("Bad annotation %s: %s".formatted(Notes.NODES, e.getMessage()), e);
        }
    }

    private static ExternalWork.Phase phase(Job job) {
        if (end(job).isPresent()) {
            return ExternalWork.Phase.ENDED;
        }
        return Notes.label(job, Marks.ATTEMPT).isEmpty()
                        && Boolean.TRUE.equals(job.getSpec().getSuspend())
                ? ExternalWork.Phase.HELD
                : ExternalWork.Phase.LAUNCHED;
    }

    private static ExternalRef ref(Job job) {
        return new ExternalRef(
                ExternalRef.Kind.JOB,
                job.getMetadata().getNamespace(),
                job.getMetadata().getName(),
                job.getMetadata().getUid());
    }

    private static RoleName role(Job job) {
        Map<String, String> labels = job.getSpec().getTemplate().getMetadata().getLabels();
        return new RoleName(labels == null ? "worker" : labels.getOrDefault(Marks.ROLE, "worker"));
    }

    /** As many as it runs at a time. */
    private static int pods(Job job) {
        int parallelism = Objects.requireNonNullElse(job.getSpec().getParallelism(), 1);
        Integer completions = job.getSpec().getCompletions();
        return Math.max(1, completions == null ? parallelism : Math.min(parallelism, completions));
    }

    @Override
    public Set<AttemptId> attempts() {
        Set<AttemptId> attempts = new TreeSet<>();
        seen.jobs()
                .forEach(job ->
                        Notes.label(job, Marks.ATTEMPT).map(AttemptId::parse).ifPresent(attempts::add));
        return attempts;
    }

    @Override
    public void launch(ExternalRef ref, Gang gang) {
        Job job = patches.client()
                .batch()
                .v1()
                .jobs()
                .inNamespace(ref.namespace())
                .withName(ref.name())
                .get();
        String attempt = gang.id().toString();
        if (job == null
                || !job.getMetadata().getUid().equals(ref.uid())
                || Notes.isGoing(job)
                || end(job).isPresent()) {
            throw new IllegalArgumentException("%s is not there any more".formatted(ref));
        }
        if (attempt.equals(Notes.label(job, Marks.ATTEMPT).orElse(""))
                && !Boolean.TRUE.equals(job.getSpec().getSuspend())) {
            return;
        }
        String group =
                patches.group(gang, ref.namespace(), attempt, job).getMetadata().getName();
        if (job.getStatus() != null && job.getStatus().getStartTime() != null) {
            // A Job that has run before keeps its template until its start is forgotten.
            Map<String, Object> status = new HashMap<>();
            status.put("startTime", null);
            patches.merge(job, Map.of("status", status), true);
        }
        Map<String, Object> marks = Map.of(
                "labels", Map.of(Marks.ATTEMPT, attempt, Notes.INSTALLATION, installation),
                "annotations",
                        Map.of(Marks.GROUP_NAME, group, Notes.TASK, role(job).value()));
        patches.merge(
                job,
                Map.of(
                        "metadata",
                        Map.of(
                                "labels", Map.of(Marks.ATTEMPT, attempt),
                                "annotations",
                                        Map.of(
                                                Notes.PLACEMENT,
                                                Placement.of(gang).text(),
                                                Notes.NODES,
                                                Serialization.asJson(terms(job)))),
                        "spec",
                        Map.of("suspend", false, "template", Map.of("metadata", marks, "spec", pinned(job, gang)))),
                false);
    }

    private Map<String, Object> pinned(Job job, Gang gang) {
        List<PoolName> pools = gang.members().stream()
                .flatMap(member -> member.pools().keySet().stream())
                .toList();
        return Map.of(
                "affinity",
                Map.of(
                        "nodeAffinity",
                        Map.of(
                                "requiredDuringSchedulingIgnoredDuringExecution",
                                Map.of("nodeSelectorTerms", pinning.template(terms(job), pools)))));
    }

    @Override
    public void release(AttemptId attempt) {
        Job job = seen.job(attempt).orElse(null);
        if (job == null) {
            return;
        }
        if (end(job).isEmpty() && !Boolean.TRUE.equals(job.getSpec().getSuspend())) {
            patches.merge(job, Map.of("spec", Map.of("suspend", true)), false);
        } else if (end(job).isPresent() || live(job, attempt).isEmpty()) {
            seen.group(job.getMetadata().getNamespace(), attempt.toString()).ifPresent(patches::delete);
            Map<String, Object> labels = new HashMap<>();
            labels.put(Marks.ATTEMPT, null);
            patches.merge(job, Map.of("metadata", Map.of("labels", labels)), false);
        }
    }

    @Override
    public Optional<GangStatus> status(AttemptId attempt) {
        return seen.job(attempt).map(job -> {
            Placement placement =
                    Placement.parse(Notes.annotation(job, Notes.PLACEMENT).orElse(""));
            return new GangStatus(
                    attempt,
                    slots(job, attempt, placement),
                    Groups.message(seen, job.getMetadata().getNamespace(), attempt.toString()));
        });
    }

    private List<PodStatus> slots(Job job, AttemptId attempt, Placement placement) {
        RoleName role = role(job);
        List<PoolName> pools = placement.slots().getOrDefault(role, List.of());
        List<Pod> live = live(job, attempt);
        JobCondition end = end(job).orElse(null);
        int left = left(job);
        List<PodStatus> slots = new ArrayList<>();
        for (int i = 0; i < pools.size(); i++) {
            PodRef ref = new PodRef(attempt, role, i);
            if (end != null) {
                slots.add(ended(job, ref, pools.get(i), end));
            } else if (i < live.size()) {
                slots.add(statuses.of(live.get(i), ref, pools.get(i)));
            } else if (i >= left) {
                // Fewer completions are left than it runs at a time.
                Instant now = started(job);
                slots.add(Statuses.ended(ref, pools.get(i), true, now, now, ""));
            } else {
                slots.add(Statuses.pending(ref, pools.get(i)));
            }
        }
        return slots;
    }

    private static PodStatus ended(Job job, PodRef ref, PoolName pool, JobCondition end) {
        Instant at = Objects.requireNonNullElse(Statuses.instant(end.getLastTransitionTime()), started(job));
        String message = end.getMessage() == null ? String.valueOf(end.getReason()) : end.getMessage();
        return Statuses.ended(ref, pool, "Complete".equals(end.getType()), started(job), at, message);
    }

    private static int left(Job job) {
        Integer completions = job.getSpec().getCompletions();
        Integer done = job.getStatus() == null ? null : job.getStatus().getSucceeded();
        return completions == null ? Integer.MAX_VALUE : completions - Objects.requireNonNullElse(done, 0);
    }

    private static Instant started(Job job) {
        @Nullable
        Instant at = job.getStatus() == null
                ? null
                : Statuses.instant(job.getStatus().getStartTime());
        return at == null
                ? Objects.requireNonNull(Statuses.instant(job.getMetadata().getCreationTimestamp()))
                : at;
    }

    /** Pods of the attempt that have not ended, oldest first. */
    private List<Pod> live(Job job, AttemptId attempt) {
        return seen.live(job, attempt).stream()
                .sorted(Comparator.comparing((Pod pod) -> pod.getMetadata().getCreationTimestamp())
                        .thenComparing(pod -> pod.getMetadata().getName()))
                .toList();
    }

    private static Optional<JobCondition> end(Job job) {
        if (job.getStatus() == null || job.getStatus().getConditions() == null) {
            return Optional.empty();
        }
        return job.getStatus().getConditions().stream()
                .filter(condition -> "True".equals(condition.getStatus()))
                .filter(condition -> "Complete".equals(condition.getType()) || "Failed".equals(condition.getType()))
                .findFirst();
    }

    @Override
    public Optional<Pod> pod(PodRef pod) {
        return seen.job(pod.attempt())
                .flatMap(job ->
                        live(job, pod.attempt()).stream().skip(pod.index()).findFirst());
    }

    @Override
    public void discard(ExternalRef ref) {
        seen.jobs().filter(job -> ref(job).equals(ref)).findFirst().ifPresent(patches::delete);
    }
}
