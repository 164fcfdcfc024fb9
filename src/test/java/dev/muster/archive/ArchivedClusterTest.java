package dev.muster.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cluster.Cluster;
import dev.muster.cluster.ClusterUnavailable;
import dev.muster.cluster.ElasticPod;
import dev.muster.cluster.Gang;
import dev.muster.cluster.GangStatus;
import dev.muster.cluster.LogChunk;
import dev.muster.cluster.PodPhase;
import dev.muster.cluster.PodRef;
import dev.muster.cluster.PodStatus;
import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.node.Node;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Output outlives its pod: copied while it runs and before it is let go, from the last byte on after a crash, and never for ever. */
class ArchivedClusterTest {
    private static final AttemptId ATTEMPT = new AttemptId(new JobId("01m8cc2tas9nt13wtp7r01e2qd"), 1);
    private static final PodRef POD = new PodRef(ATTEMPT, new RoleName("worker"), 0);
    private static final int MOST = 1_000;

    @TempDir
    Path directory;

    private final OnePod pods = new OnePod();
    private OutputFiles files;
    private ArchivedCluster cluster;
    private volatile Instant time = Instant.parse("2026-11-27T04:00:00Z");

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(60));
    }

    @BeforeEach
    void open() {
        files = new OutputFiles(directory, MOST);
        cluster = new ArchivedCluster(pods, files, null, () -> time);
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void a_pod_that_has_ended_is_let_go_once_its_output_is_kept() {
        pods.writes("hello");
        pods.phase = PodPhase.SUCCEEDED;

        cluster.release(ATTEMPT);

        await().until(() -> pods.gone);
        assertThat(text(0)).isEqualTo("hello");
        assertThat(text(2)).isEqualTo("llo");
        assertThat(cluster.log(POD, 0, MOST).end()).isTrue();
        assertThat(cluster.log(POD, 0, 2).end()).isFalse();
    }

    @Test
    void one_that_must_give_way_goes_at_once_and_is_followed_while_it_stops() {
        pods.writes("half");
        cluster.release(ATTEMPT);
        assertThat(pods.asked).isTrue();
        pods.writes(" and the rest");
        cluster.follow();
        await().until(() -> files.size(POD) == 17);
        pods.gone = true;

        assertThat(text(0)).isEqualTo("half and the rest");
    }

    @Test
    void what_runs_is_copied_now_and_then_and_survives_its_node() {
        pods.writes("so far");
        cluster.follow();
        await().until(() -> files.size(POD) == 6);
        pods.gone = true;

        assertThat(text(0)).isEqualTo("so far");
        assertThat(text(6)).isEmpty();
    }

    @Test
    void who_keeps_it_asks_the_cluster_only_for_what_is_not_kept_yet() {
        pods.writes("so far");
        cluster.follow();
        await().until(() -> files.size(POD) == 6);
        assertThat(text(0)).isEqualTo("so far");
        assertThat(text(3)).isEqualTo("far");
        assertThat(pods.reads).hasValue(1);
        pods.writes(", and on");
        assertThat(text(6)).isEqualTo(", and on");

        // Another may keep it by now.
        time = time.plusSeconds(60);
        assertThat(text(0)).isEqualTo("so far, and on");
    }

    @Test
    void after_a_crash_it_goes_on_from_the_last_byte() {
        pods.writes("0123456789");
        files.append(POD, new LogChunk(0, "01234".getBytes(StandardCharsets.UTF_8), false));
        pods.phase = PodPhase.FAILED;

        cluster.release(ATTEMPT);

        await().until(() -> pods.gone);
        assertThat(text(0)).isEqualTo("0123456789");
    }

    @Test
    void more_than_is_kept_is_cut_and_that_is_said() {
        pods.writes("x".repeat(MOST + 500));
        pods.phase = PodPhase.SUCCEEDED;

        cluster.release(ATTEMPT);

        await().until(() -> pods.gone);
        assertThat(text(0)).startsWith("x".repeat(MOST)).contains("cut here", "At most 1000 bytes");
    }

    @Test
    void output_that_is_whole_goes_to_the_bucket_and_is_read_there_also_when_this_disk_is_lost() {
        try (S3StandIn s3 = new S3StandIn();
                Shipping shipping = new Shipping(files, new Bucket(s3.place()), "");
                ArchivedCluster shipped = new ArchivedCluster(pods, files, shipping, () -> time)) {
            pods.writes("hello");
            pods.phase = PodPhase.SUCCEEDED;
            shipped.release(ATTEMPT);
            await().until(() -> pods.gone && files.isElsewhere(POD));
            assertThat(new String(shipped.log(POD, 1, 3).bytes(), StandardCharsets.UTF_8))
                    .isEqualTo("ell");
            assertThat(shipped.log(POD, 1, MOST).end()).isTrue();

            files.delete(ATTEMPT.job());
            assertThat(new String(shipped.log(POD, 0, MOST).bytes(), StandardCharsets.UTF_8))
                    .isEqualTo("hello");
            files.append(POD, new LogChunk(0, "hel".getBytes(StandardCharsets.UTF_8), false));
            assertThat(new String(shipped.log(POD, 0, MOST).bytes(), StandardCharsets.UTF_8))
                    .as("another replica has gone on since")
                    .isEqualTo("hello");
        }
    }

    @Test
    void output_that_cannot_be_read_holds_up_nobody() {
        pods.broken = true;
        pods.phase = PodPhase.SUCCEEDED;

        cluster.release(ATTEMPT);

        await().until(() -> pods.gone);
        assertThat(files.size(POD)).isZero();
    }

    @Test
    void a_pod_that_cannot_be_read_is_not_asked_again_and_again_and_goes_at_its_end_at_once() {
        pods.broken = true;
        cluster.follow();
        await().until(() -> pods.reads.get() == 1);
        cluster.follow();
        time = time.plusSeconds(9);
        cluster.follow();
        assertThat(pods.reads).hasValue(1);
        time = time.plusSeconds(2);
        await().until(() -> {
            cluster.follow(); // the last task may not have told its end yet
            return pods.reads.get() == 2;
        });
        pods.phase = PodPhase.FAILED;

        cluster.release(ATTEMPT);

        assertThat(pods.gone).isTrue();
        assertThat(pods.reads).hasValue(2);
    }

    @Test
    void one_that_ends_while_it_is_read_goes_without_being_asked_again() {
        pods.writes("so far");
        pods.held = new CountDownLatch(1);
        cluster.follow();
        await().until(() -> pods.reads.get() == 1);
        pods.writes(" and the end");
        pods.phase = PodPhase.SUCCEEDED;
        cluster.release(ATTEMPT);
        assertThat(pods.asked).isFalse();

        pods.held.countDown();

        await().until(() -> pods.gone);
        assertThat(text(0)).isEqualTo("so far and the end");
    }

    @Test
    void a_job_that_is_deleted_leaves_nothing() {
        files.append(POD, new LogChunk(0, new byte[3], true));
        files.complete(POD);
        assertThat(files.jobs("", 10)).containsExactly(ATTEMPT.job());
        assertThat(files.changed(ATTEMPT.job())).isAfter(Instant.EPOCH);
        files.delete(ATTEMPT.job());
        files.delete(ATTEMPT.job());
        assertThat(files.jobs("", 10)).isEmpty();
    }

    private String text(long offset) {
        return new String(cluster.log(POD, offset, 1 << 20).bytes(), StandardCharsets.UTF_8);
    }

    /** A cluster with one pod that writes what it is told to; whoever is let go takes his output with him. */
    private static final class OnePod implements Cluster {
        private final StringBuffer output = new StringBuffer();
        private volatile PodPhase phase = PodPhase.RUNNING;
        private volatile boolean asked;
        private volatile boolean gone;
        private volatile boolean broken;
        private volatile CountDownLatch held = new CountDownLatch(0);
        private final AtomicInteger reads = new AtomicInteger();

        private void writes(String text) {
            output.append(text);
        }

        @Override
        public LogChunk log(PodRef pod, long offset, int limit) {
            reads.incrementAndGet();
            try {
                held.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            if (broken) {
                throw new ClusterUnavailable("The output cannot be read", new IllegalStateException());
            }
            byte[] all = gone ? new byte[0] : output.toString().getBytes(StandardCharsets.UTF_8);
            int from = (int) Math.min(offset, all.length);
            int to = Math.min(all.length, from + limit);
            return new LogChunk(
                    offset, Arrays.copyOfRange(all, from, to), !gone && phase.isFinal() && to == all.length);
        }

        @Override
        public void release(AttemptId attempt) {
            asked = true;
            gone = phase.isFinal();
        }

        @Override
        public Set<AttemptId> attempts() {
            return gone ? Set.of() : Set.of(ATTEMPT);
        }

        @Override
        public Optional<GangStatus> status(AttemptId attempt) {
            Instant start = Instant.EPOCH;
            return gone
                    ? Optional.empty()
                    : Optional.of(new GangStatus(
                            ATTEMPT,
                            List.of(new PodStatus(
                                    POD,
                                    phase,
                                    new PoolName("pool"),
                                    new NodeName("node"),
                                    start,
                                    phase.isFinal() ? start : null,
                                    null,
                                    null,
                                    "")),
                            ""));
        }

        @Override
        public List<Node> nodes() {
            return List.of();
        }

        @Override
        public void launch(Gang gang) {}

        @Override
        public void grow(Gang gang, List<ElasticPod> more) {}

        @Override
        public void replace(Gang gang, Set<PodRef> again) {}

        @Override
        public void shrink(AttemptId attempt, Set<PodRef> less) {}

        @Override
        public void onChange(Consumer<Optional<AttemptId>> listener) {}

        @Override
        public Instant now() {
            return Instant.EPOCH;
        }
    }
}
