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
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.volcano.api.model.batch.v1alpha1.Job;
import io.fabric8.volcano.api.model.batch.v1alpha1.TaskSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Jobs of Volcano. Their controller makes the PodGroup and the pods, which come with a gate each; the gates come off together when
 * the last pod is there. Evicted pods are made again by the controller, and are held again.
 */
final class VolcanoJobs implements ExternalKind {
    private static final String INDEX = "volcano.sh/task-index";
    private static final Set<String> ENDED = Set.of("Completed", "Failed", "Terminated", "Aborted");

    private final Seen seen;
    private final Patches patches;
    private final Statuses statuses;
    private final Pinning pinning;
    private final String installation;

    VolcanoJobs(Seen seen, Patches patches, Statuses statuses, Pinning pinning, String installation) {
        this.seen = seen;
        this.patches = patches;
        this.statuses = statuses;
        this.pinning = pinning;
        this.installation = installation;
    }

    @Override
    public List<ExternalWork> present() {
        return seen.volcanoJobs()
                .filter(job -> !Notes.isGoing(job))
                .flatMap(job -> work(job).stream())
                .toList();
    }

    private static Optional<ExternalWork> work(Job job) {
        ExternalRef ref = ref(job);
        try {
            List<ExternalWork.Role> roles = new ArrayList<>();
            for (TaskSpec task : job.getSpec().getTasks()) {
                roles.add(new ExternalWork.Role(
                        role(task), pods(task), Templates.of(task.getTemplate().getSpec(), ref)));
            }
            return Optional.of(new ExternalWork(
                    ref,
                    Notes.annotation(job, Marks.SUBMITTED_BY).orElse("unknown"),
                    new QueueName(String.valueOf(job.getSpec().getQueue())),
                    new PriorityClassName(String.valueOf(job.getSpec().getPriorityClassName())),
                    roles,
                    true,
                    phase(job)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static ExternalWork.Phase phase(Job job) {
        if (ENDED.contains(word(job))) {
            return ExternalWork.Phase.ENDED;
        }
        return attempt(job).isPresent() ? ExternalWork.Phase.LAUNCHED : ExternalWork.Phase.HELD;
    }

    private static String word(Job job) {
        return job.getStatus() == null || job.getStatus().getState() == null
                ? ""
                : String.valueOf(job.getStatus().getState().getPhase());
    }

    private static Optional<String> attempt(Job job) {
        return Notes.label(job, Marks.ATTEMPT).or(() -> Notes.annotation(job, Notes.LEAVING));
    }

    private static ExternalRef ref(Job job) {
        return new ExternalRef(
                ExternalRef.Kind.VOLCANO_JOB,
                job.getMetadata().getNamespace(),
                job.getMetadata().getName(),
                job.getMetadata().getUid());
    }

    private static RoleName role(TaskSpec task) {
        return new RoleName(Objects.requireNonNullElse(task.getName(), "worker"));
    }

    private static int pods(TaskSpec task) {
        return Math.max(1, Objects.requireNonNullElse(task.getReplicas(), 1));
    }

    @Override
    public Set<AttemptId> attempts() {
        Set<AttemptId> attempts = new TreeSet<>();
        seen.volcanoJobs().forEach(job -> attempt(job).map(AttemptId::parse).ifPresent(attempts::add));
        return attempts;
    }

    @Override
    public void launch(ExternalRef ref, Gang gang) {
        Job job = seen.volcanoJobs()
                .filter(found -> ref(found).equals(ref) && !Notes.isGoing(found))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("%s is not there any more".formatted(ref)));
        patches.merge(
                job,
                Map.of(
                        "metadata",
                        Map.of(
                                "labels", Map.of(Marks.ATTEMPT, gang.id().toString()),
                                "annotations",
                                        Map.of(
                                                Notes.PLACEMENT,
                                                Placement.of(gang).text()))),
                false);
        let(job, gang.id().toString(), Placement.of(gang));
    }

    /** Called again whenever a pod of it appears: lets the gates go once all are there. */
    void look(Job job) {
        Notes.label(job, Marks.ATTEMPT)
                .ifPresent(attempt -> let(
                        job,
                        attempt,
                        Placement.parse(Notes.annotation(job, Notes.PLACEMENT).orElse(""))));
    }

    Optional<Job> ownerOf(Pod pod) {
        return pod.getMetadata().getOwnerReferences().stream()
                .filter(owner ->
                        "Job".equals(owner.getKind()) && owner.getApiVersion().startsWith("batch.volcano.sh"))
                .findFirst()
                .flatMap(owner -> seen.volcanoJobs()
                        .filter(job -> job.getMetadata().getUid().equals(owner.getUid()))
                        .findFirst());
    }

    private void let(Job job, String attempt, Placement placement) {
        int asked =
                job.getSpec().getTasks().stream().mapToInt(VolcanoJobs::pods).sum();
        List<Pod> pods = seen.podsOfOwner(job.getMetadata().getUid()).stream()
                .filter(pod -> !Notes.isGoing(pod))
                .toList();
        if (pods.size() >= asked) {
            pods.stream()
                    .filter(Notes::isGated)
                    .forEach(pod -> patches.ungate(
                            pod,
                            Map.of(Marks.ATTEMPT, attempt, Notes.INSTALLATION, installation),
                            Map.of(),
                            spec -> pinning.pod(
                                    spec, placement.pools(said(pod, Notes.TASK) + "/" + said(pod, INDEX)))));
        }
    }

    /** Volcano's versions write it as a label, an annotation or both. */
    private static String said(Pod pod, String key) {
        return Notes.annotation(pod, key).or(() -> Notes.label(pod, key)).orElse("");
    }

    @Override
    public void release(AttemptId attempt) {
        Job job = seen.volcanoJob(attempt).orElse(null);
        if (job == null) {
            return;
        }
        Map<String, Object> none = new HashMap<>();
        none.put(Marks.ATTEMPT, null);
        if (Notes.annotation(job, Notes.LEAVING).isEmpty() && !ENDED.contains(word(job))) {
            patches.merge(
                    job,
                    Map.of(
                            "metadata",
                            Map.of("labels", none, "annotations", Map.of(Notes.LEAVING, attempt.toString()))),
                    false);
        }
        List<Pod> live = seen.live(job, attempt);
        live.stream().filter(pod -> !Notes.isGoing(pod)).forEach(patches::delete);
        if (live.isEmpty()) {
            Map<String, Object> left = new HashMap<>();
            left.put(Notes.LEAVING, null);
            patches.merge(job, Map.of("metadata", Map.of("labels", none, "annotations", left)), false);
        }
    }

    @Override
    public Optional<GangStatus> status(AttemptId attempt) {
        return seen.volcanoJob(attempt).map(job -> {
            Placement placement =
                    Placement.parse(Notes.annotation(job, Notes.PLACEMENT).orElse(""));
            List<PodStatus> all = new ArrayList<>();
            placement.slots().forEach((role, pools) -> {
                for (int i = 0; i < pools.size(); i++) {
                    all.add(slot(job, new PodRef(attempt, role, i), pools.get(i)));
                }
            });
            String group = job.getMetadata().getName() + "-" + job.getMetadata().getUid();
            return new GangStatus(
                    attempt, all, Groups.message(seen, job.getMetadata().getNamespace(), group));
        });
    }

    private PodStatus slot(Job job, PodRef ref, PoolName pool) {
        String word = word(job);
        if (ENDED.contains(word)) {
            Instant from =
                    Objects.requireNonNull(Statuses.instant(job.getMetadata().getCreationTimestamp()));
            Instant at = Objects.requireNonNullElse(
                    Statuses.instant(job.getStatus().getState().getLastTransitionTime()), from);
            return Statuses.ended(ref, pool, word.equals("Completed"), from, at, "the Volcano Job is " + word);
        }
        return find(job, ref).map(pod -> statuses.of(pod, ref, pool)).orElseGet(() -> Statuses.pending(ref, pool));
    }

    private Optional<Pod> find(Job job, PodRef ref) {
        return seen.live(job, ref.attempt()).stream()
                .filter(pod -> said(pod, Notes.TASK).equals(ref.role().value())
                        && said(pod, INDEX).equals(Integer.toString(ref.index())))
                .findFirst();
    }

    @Override
    public Optional<Pod> pod(PodRef pod) {
        return seen.volcanoJob(pod.attempt()).flatMap(job -> find(job, pod));
    }

    @Override
    public void discard(ExternalRef ref) {
        seen.volcanoJobs().filter(job -> ref(job).equals(ref)).findFirst().ifPresent(patches::delete);
    }
}
