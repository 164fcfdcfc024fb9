package dev.muster.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OpenLoopTest {
    @Test
    void every_request_is_sent_once() throws Exception {
        ConcurrentLinkedQueue<Integer> sent = new ConcurrentLinkedQueue<>();
        OpenLoop.run(List.of(sent::add, sent::add, sent::add), 500, Double.POSITIVE_INFINITY);
        assertThat(sent)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 500).boxed().toList());
    }

    @Test
    void who_waits_behind_a_slow_answer_counts_from_when_it_was_due() throws Exception {
        long stall = 60_000_000;
        OpenLoop.Lane slowFirst = request -> {
            long until = System.nanoTime() + (request == 0 ? stall : 0);
            while (System.nanoTime() < until) {
                LockSupport.parkUntil(System.currentTimeMillis() + 1);
            }
        };
        OpenLoop.Result result = OpenLoop.run(List.of(slowFirst), 2, 1_000);
        assertThat(result.latencies().nanos()[0]).isGreaterThan(stall - 1_100_000);
    }

    @Test
    void a_failure_of_a_lane_is_the_failure_of_the_run() {
        OpenLoop.Lane broken = request -> {
            throw new IllegalStateException("Status 503");
        };
        assertThatThrownBy(() -> OpenLoop.run(List.of(broken), 1, 1_000)).hasMessage("A lane failed: Status 503");
    }
}
