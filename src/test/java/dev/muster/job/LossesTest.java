package dev.muster.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cluster.PodEnd;
import dev.muster.cluster.PodPhase;
import dev.muster.cluster.PodRef;
import dev.muster.cluster.PodStatus;
import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.RoleName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LossesTest {
    private static final AttemptId ATTEMPT = new AttemptId(new JobId("01a"), 1);
    private final JobSpec spec =
            new Given().leader("driver").madeByLeader("executor", 160).spec();
    private final List<PodStatus> last = new ArrayList<>();
    private final List<PodStatus> ends = new ArrayList<>();

    @Test
    void all_ends_of_executors_make_one_sentence() {
        for (int i = 0; i < 9; i++) {
            ends.add(pod("executor", i, PodPhase.LOST, PodEnd.SPOT_INTERRUPTED, null, "s" + i, "x"));
            last.add(pod("executor", i, PodPhase.RUNNING, null, null, "n" + i, "y"));
        }
        for (int i = 9; i < 12; i++) {
            PodStatus killed = pod("executor", i, PodPhase.FAILED, PodEnd.OOM_KILLED, 137, "n" + i, "y");
            ends.add(killed);
            last.add(killed);
        }
        for (int i = 12; i < 160; i++) {
            last.add(pod("executor", i, PodPhase.RUNNING, null, null, "n" + i, "y"));
        }
        last.add(pod("driver", 0, PodPhase.FAILED, PodEnd.EXITED, 1, "n1", "y"));
        assertThat(sentence())
                .isEqualTo("12 of 169 executors were lost: 9 to spot in pool x, 3 killed for memory on n10, n11, n9;"
                        + " the driver exited with 1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SPOT_INTERRUPTED | | 1 to spot in pool x",
                "DECOMMISSIONED | 0 | 1 decommissioned in good order in pool x",
                "NODE_LOST | | 1 with their nodes on n1",
                "PREEMPTED | 143 | 1 put out by others in pool x",
                "OOM_KILLED | 137 | 1 killed for memory on n1",
                "JVM_OOM | 52 | 1 with a full Java heap on n1",
                "DISK_FULL | | 1 put out for local disk on n1",
                "SCRATCH_FAILED | 53 | 1 without scratch directories on n1",
                "UNCAUGHT | 50 | 1 by an exception that nothing caught on n1",
                "UNREACHABLE | 56 | 1 that could not reach the driver on n1",
                "IMAGE | | 1 without an image on n1",
                "CONFIG | | 1 that could not be started on n1",
                "EXITED | 137 | 1 that exited with 137 (SIGKILL) on n1",
                "EXITED | 143 | 1 that exited with 143 (SIGTERM) on n1",
                "EXITED | 7 | 1 that exited with 7 on n1",
                "RELEASED | | 1 removed by somebody else on n1",
                "OTHER | | 1 for unknown reasons on n1",
                "OTHER | 3 | 1 that exited with 3 on n1"
            })
    void every_end_has_its_words(PodEnd end, @Nullable Integer code, String words) {
        ends.add(pod("executor", 0, PodPhase.FAILED, end, code, "n1", "x"));
        last.add(pod("executor", 0, PodPhase.RUNNING, null, null, "n2", "x"));
        assertThat(sentence()).isEqualTo("1 of 2 executors were lost: " + words);
    }

    @Test
    void what_the_driver_lets_go_and_what_is_done_is_not_lost() {
        ends.add(pod("executor", 0, PodPhase.FAILED, PodEnd.DISMISSED, null, "n1", "x"));
        ends.add(pod("executor", 1, PodPhase.SUCCEEDED, PodEnd.EXITED, 0, "n1", "x"));
        Losses losses = Losses.of(spec, last, ends);
        assertThat(losses.sentence()).isEmpty();
        assertThat(losses.kinds()).extracting(Losses.Kind::cause).containsExactly(PodEnd.EXITED, PodEnd.DISMISSED);
    }

    @Test
    void a_driver_that_succeeds_does_so_all_the_same() {
        ends.add(pod("executor", 0, PodPhase.FAILED, PodEnd.JVM_OOM, 52, "n1", "x"));
        last.add(pod("driver", 0, PodPhase.SUCCEEDED, PodEnd.EXITED, 0, "n1", "x"));
        assertThat(sentence())
                .isEqualTo(
                        "1 of 1 executor was lost: 1 with a full Java heap on n1; the driver succeeded all the same");
    }

    @Test
    void many_nodes_are_counted() {
        for (int i = 1; i <= 5; i++) {
            ends.add(pod("executor", i, PodPhase.FAILED, PodEnd.DISK_FULL, null, "n" + i, "x"));
        }
        assertThat(sentence())
                .isEqualTo("5 of 5 executors were lost: 5 put out for local disk on n1, n2, n3 and 2 more nodes");
    }

    @Test
    void what_was_lost_has_categories() {
        ends.add(pod("executor", 0, PodPhase.FAILED, PodEnd.JVM_OOM, 52, "n1", "x"));
        ends.add(pod("executor", 1, PodPhase.FAILED, PodEnd.SCRATCH_FAILED, 53, "n1", "x"));
        ends.add(pod("executor", 2, PodPhase.FAILED, PodEnd.DISMISSED, null, "n1", "x"));
        assertThat(Losses.of(spec, last, ends).categories())
                .containsExactlyInAnyOrder(Category.OOM, Category.DISK_FULL);
    }

    private String sentence() {
        return Losses.of(spec, last, ends).sentence().orElse("");
    }

    private static PodStatus pod(
            String role,
            int index,
            PodPhase phase,
            @Nullable PodEnd cause,
            @Nullable Integer exitCode,
            String node,
            String pool) {
        return new PodStatus(
                new PodRef(ATTEMPT, new RoleName(role), index),
                phase,
                new PoolName(pool),
                new NodeName(node),
                Given.at(1),
                phase.isFinal() ? Given.at(9) : null,
                exitCode,
                cause,
                "");
    }
}
