package dev.muster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cluster.PodEnd;
import dev.muster.cluster.PodPhase;
import dev.muster.cluster.PodStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import java.time.Instant;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table by which a pod's end is told, one test a row. */
class PodEndsTest {
    private static final String START = "2026-03-01T10:00:00Z";
    private static final String END = "2026-03-01T10:05:00Z";

    /** What Kubernetes says, and what it means. */
    private record Row(
            String says,
            Pod pod,
            boolean nodeTakenBack,
            PodPhase phase,
            PodEnd end,
            @Nullable Integer exitCode) {
        @Override
        public String toString() {
            return says + " means " + end;
        }
    }

    static Stream<Row> rows() {
        return Stream.of(
                failed("a command that returned 7", ended("Error", 7), null, null, null, PodEnd.EXITED, 7),
                failed(
                        "a command that was killed by a signal",
                        ended("Error", 137),
                        null,
                        null,
                        null,
                        PodEnd.EXITED,
                        137),
                failed("OOMKilled", ended("OOMKilled", 137), null, null, null, PodEnd.OOM_KILLED, 137),
                failed("a command that cannot be run", ended("StartError", 128), null, null, null, PodEnd.CONFIG, 128),
                failed(
                        "a container that cannot run",
                        ended("ContainerCannotRun", 127),
                        null,
                        null,
                        null,
                        PodEnd.CONFIG,
                        127),
                failed(
                        "evicted for the node's disk",
                        null,
                        "Evicted",
                        "The node was low on resource: ephemeral-storage. Threshold quantity: 1Gi",
                        "TerminationByKubelet",
                        PodEnd.DISK_FULL,
                        null),
                failed(
                        "evicted for its own disk",
                        null,
                        "Evicted",
                        "Pod ephemeral local storage usage exceeds the total limit of containers 1Gi.",
                        "TerminationByKubelet",
                        PodEnd.DISK_FULL,
                        null),
                failed(
                        "evicted for a full volume",
                        ended("Error", 137),
                        "Evicted",
                        "Usage of EmptyDir volume \"scratch\" exceeds the limit \"1Gi\".",
                        "TerminationByKubelet",
                        PodEnd.DISK_FULL,
                        137),
                failed(
                        "the condition DiskPressure",
                        null,
                        "Evicted",
                        "The node had condition: [DiskPressure].",
                        null,
                        PodEnd.DISK_FULL,
                        null),
                failed(
                        "evicted for the node's memory",
                        ended("Error", 137),
                        "Evicted",
                        "The node was low on resource: memory.",
                        "TerminationByKubelet",
                        PodEnd.OTHER,
                        137),
                failed(
                        "a node that shuts down",
                        ended("Error", 143),
                        "Terminated",
                        "Pod was terminated in response to imminent node shutdown.",
                        "TerminationByKubelet",
                        PodEnd.NODE_LOST,
                        143),
                taken(
                        "a spot node that shuts down",
                        ended("Error", 143),
                        "Terminated",
                        "TerminationByKubelet",
                        PodEnd.SPOT_INTERRUPTED,
                        143),
                failed(
                        "a node that does not answer",
                        ended("Error", 137),
                        null,
                        null,
                        "DeletionByTaintManager",
                        PodEnd.NODE_LOST,
                        137),
                failed("a pod collected after its node", null, null, null, "DeletionByPodGC", PodEnd.NODE_LOST, null),
                taken(
                        "a signal on a node that is taken back",
                        ended("Error", 143),
                        null,
                        null,
                        PodEnd.SPOT_INTERRUPTED,
                        143),
                taken(
                        "a command that returned 1 on a node that is taken back",
                        ended("Error", 1),
                        null,
                        null,
                        PodEnd.EXITED,
                        1),
                failed(
                        "another scheduler's preemption",
                        ended("Error", 143),
                        null,
                        null,
                        "PreemptionByScheduler",
                        PodEnd.PREEMPTED,
                        143),
                failed(
                        "an eviction through the API",
                        ended("Error", 143),
                        null,
                        null,
                        "EvictionByEvictionAPI",
                        PodEnd.PREEMPTED,
                        143),
                taken(
                        "a drain of a node that is taken back",
                        ended("Error", 143),
                        null,
                        "EvictionByEvictionAPI",
                        PodEnd.SPOT_INTERRUPTED,
                        143),
                new Row(
                        "52 of a Spark executor",
                        spark(failure(ended("Error", 52), null, null, null)),
                        false,
                        PodPhase.FAILED,
                        PodEnd.JVM_OOM,
                        52),
                executor("50 of a Spark executor", 50, false, PodEnd.UNCAUGHT),
                executor("51 of a Spark executor", 51, false, PodEnd.UNCAUGHT),
                executor("53 of a Spark executor", 53, false, PodEnd.SCRATCH_FAILED),
                executor("54 of a Spark executor", 54, false, PodEnd.SCRATCH_FAILED),
                executor("55 of a Spark executor", 55, false, PodEnd.SCRATCH_FAILED),
                executor("56 of a Spark executor", 56, false, PodEnd.UNREACHABLE),
                executor("56 of an executor whose node is taken back", 56, true, PodEnd.UNREACHABLE),
                executor("137 of a Spark executor", 137, false, PodEnd.EXITED),
                executor("143 of a Spark executor", 143, false, PodEnd.EXITED),
                executor("143 of an executor whose node is taken back", 143, true, PodEnd.SPOT_INTERRUPTED),
                new Row(
                        "OOMKilled of a Spark executor",
                        spark(failure(ended("OOMKilled", 137), null, null, null)),
                        false,
                        PodPhase.FAILED,
                        PodEnd.OOM_KILLED,
                        137),
                new Row(
                        "an eviction of a Spark executor",
                        spark(failure(ended("Error", 143), null, null, "EvictionByEvictionAPI")),
                        false,
                        PodPhase.FAILED,
                        PodEnd.PREEMPTED,
                        143),
                new Row("0 of a Spark executor", spark(success()), false, PodPhase.SUCCEEDED, PodEnd.EXITED, 0),
                new Row(
                        "0 of an executor whose node is taken back",
                        spark(success()),
                        true,
                        PodPhase.SUCCEEDED,
                        PodEnd.DECOMMISSIONED,
                        0),
                new Row(
                        "0 of an executor that its driver gave up",
                        givenUp(spark(success())),
                        false,
                        PodPhase.SUCCEEDED,
                        PodEnd.DECOMMISSIONED,
                        0),
                new Row(
                        "0 of anything else whose node is taken back",
                        success(),
                        true,
                        PodPhase.SUCCEEDED,
                        PodEnd.EXITED,
                        0),
                failed("52 of anything else", ended("Error", 52), null, null, null, PodEnd.EXITED, 52),
                failed(
                        "a kubelet without room",
                        null,
                        "OutOfcpu",
                        "Node didn't have enough resource: cpu",
                        null,
                        PodEnd.OTHER,
                        null),
                failed(
                        "a kubelet that does not match the affinity",
                        null,
                        "NodeAffinity",
                        "Predicate NodeAffinity failed",
                        null,
                        PodEnd.OTHER,
                        null),
                failed("a failure that says nothing", null, null, null, null, PodEnd.OTHER, null),
                waits("an image that is tried again", "ImagePullBackOff", PodEnd.IMAGE),
                waits("a name that is no image's", "InvalidImageName", PodEnd.IMAGE),
                waits("an image that must be there and is not", "ErrImageNeverPull", PodEnd.IMAGE),
                waits("a missing secret or config map", "CreateContainerConfigError", PodEnd.CONFIG),
                waits("a container that cannot be made", "CreateContainerError", PodEnd.CONFIG),
                waits("a command that cannot be started", "RunContainerError", PodEnd.CONFIG));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void what_kubernetes_says_has_one_meaning(Row row) {
        PodStatus status = facts(row.pod(), row.nodeTakenBack()).status();
        assertThat(status.phase()).isEqualTo(row.phase());
        assertThat(status.cause()).isEqualTo(row.end());
        assertThat(status.exitCode()).isEqualTo(row.exitCode());
    }

    @Test
    void an_image_that_could_not_be_had_once_may_come_with_the_next_try() {
        PodStatus status = facts(waiting("ErrImagePull"), false).status();
        assertThat(status.phase()).isEqualTo(PodPhase.PENDING);
        assertThat(status.cause()).isNull();
        assertThat(status.message()).isEqualTo("ErrImagePull: it says so");
    }

    @Test
    void a_pod_runs_when_its_command_does() {
        Pod pod = pod(new PodStatusBuilder()
                .withPhase("Running")
                .addNewContainerStatus()
                .withName("main")
                .withNewState()
                .withNewRunning(START)
                .endState()
                .endContainerStatus()
                .build());
        PodStatus status = facts(pod, false).status();
        assertThat(status.phase()).isEqualTo(PodPhase.RUNNING);
        assertThat(status.startedAt()).isEqualTo(Instant.parse(START));
    }

    @Test
    void a_pod_is_over_when_its_command_is_whatever_a_sidecar_does() {
        Pod pod = pod(new PodStatusBuilder()
                .withPhase("Running")
                .withPhase("Running")
                .addNewContainerStatus()
                .withName("proxy")
                .withNewState()
                .withNewRunning(START)
                .endState()
                .endContainerStatus()
                .addToContainerStatuses(
                        ended("Completed", 0).build().getContainerStatuses().get(0))
                .build());
        PodStatus status = facts(pod, false).status();
        assertThat(status.phase()).isEqualTo(PodPhase.SUCCEEDED);
        assertThat(status.exitCode()).isZero();
        assertThat(status.endedAt()).isEqualTo(Instant.parse(END));
    }

    @Test
    void a_pod_that_does_not_say_whose_it_is_is_nobodys() {
        assertThat(PodFacts.of(
                        new PodBuilder()
                                .withNewMetadata()
                                .withName("x")
                                .endMetadata()
                                .build(),
                        node -> false))
                .isEmpty();
    }

    @Test
    void the_termination_message_of_a_success_is_its_last_word_and_that_of_a_failure_its_message() {
        assertThat(facts(saying("{\"rows\": 3}", 0), false).lastWord()).isEqualTo("{\"rows\": 3}");
        assertThat(facts(success(), false).lastWord()).isNull();
        PodFacts failed = facts(saying("no such table", 1), false);
        assertThat(failed.lastWord()).isNull();
        assertThat(failed.status().message()).isEqualTo("no such table");
    }

    private static Pod saying(String message, int exitCode) {
        return pod(new PodStatusBuilder()
                .withPhase(exitCode == 0 ? "Succeeded" : "Failed")
                .addNewContainerStatus()
                .withName("main")
                .withNewState()
                .withNewTerminated()
                .withExitCode(exitCode)
                .withMessage(message)
                .withStartedAt(START)
                .withFinishedAt(END)
                .endTerminated()
                .endState()
                .endContainerStatus()
                .build());
    }

    private static Row executor(String says, int exitCode, boolean takenBack, PodEnd end) {
        Pod pod = spark(failure(ended("Error", exitCode), null, null, null));
        return new Row(says, pod, takenBack, PodPhase.FAILED, end, exitCode);
    }

    private static Pod success() {
        return pod(new PodStatusBuilder(ended("Completed", 0).build())
                .withPhase("Succeeded")
                .build());
    }

    private static Pod givenUp(Pod pod) {
        return new PodBuilder(pod)
                .editMetadata()
                .addToLabels(Labels.DECOMMISSIONED, "true")
                .endMetadata()
                .build();
    }

    private static Pod spark(Pod pod) {
        return new PodBuilder(pod)
                .editMetadata()
                .addToLabels("spark-role", "executor")
                .endMetadata()
                .build();
    }

    private static Row failed(
            String says,
            @Nullable PodStatusBuilder ended,
            @Nullable String reason,
            @Nullable String message,
            @Nullable String disruption,
            PodEnd end,
            @Nullable Integer exitCode) {
        return new Row(says, failure(ended, reason, message, disruption), false, PodPhase.FAILED, end, exitCode);
    }

    private static Row taken(
            String says,
            PodStatusBuilder ended,
            @Nullable String reason,
            @Nullable String disruption,
            PodEnd end,
            Integer exitCode) {
        return new Row(says, failure(ended, reason, null, disruption), true, PodPhase.FAILED, end, exitCode);
    }

    private static Row waits(String says, String reason, PodEnd end) {
        return new Row(says, waiting(reason), false, PodPhase.FAILED, end, null);
    }

    private static Pod failure(
            @Nullable PodStatusBuilder ended,
            @Nullable String reason,
            @Nullable String message,
            @Nullable String disruption) {
        PodStatusBuilder status = (ended == null ? new PodStatusBuilder() : ended)
                .withPhase("Failed")
                .withReason(reason)
                .withMessage(message);
        if (disruption != null) {
            status.addNewCondition()
                    .withType("DisruptionTarget")
                    .withStatus("True")
                    .withReason(disruption)
                    .endCondition();
        }
        return pod(status.build());
    }

    private static Pod waiting(String reason) {
        return pod(new PodStatusBuilder()
                .withPhase("Pending")
                .addNewContainerStatus()
                .withName("main")
                .withNewState()
                .withNewWaiting("it says so", reason)
                .endState()
                .endContainerStatus()
                .build());
    }

    private static PodStatusBuilder ended(String reason, int exitCode) {
        return new PodStatusBuilder()
                .addNewContainerStatus()
                .withName("main")
                .withNewState()
                .withNewTerminated()
                .withReason(reason)
                .withExitCode(exitCode)
                .withStartedAt(START)
                .withFinishedAt(END)
                .endTerminated()
                .endState()
                .endContainerStatus();
    }

    private static Pod pod(io.fabric8.kubernetes.api.model.PodStatus status) {
        return new PodBuilder()
                .withNewMetadata()
                .withName("01a-1-worker-0")
                .withNamespace("team-research")
                .withUid("u")
                .addToAnnotations(Labels.ATTEMPT, "01a-1")
                .addToLabels(Labels.ROLE, "worker")
                .addToLabels(Labels.INDEX, "0")
                .addToLabels(Labels.POOL, "blue")
                .endMetadata()
                .withNewSpec()
                .withNodeName("n1")
                .endSpec()
                .withStatus(status)
                .build();
    }

    private static PodFacts facts(Pod pod, boolean takenBack) {
        return PodFacts.of(pod, node -> takenBack).orElseThrow();
    }
}
