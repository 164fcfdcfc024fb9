package dev.muster.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

@QuarkusTest
class LeadershipTest {
    private static final Duration LONG = Duration.ofMinutes(10);

    @Inject
    Leadership leadership;

    @Test
    void one_leads_until_its_time_is_over() {
        long first = leadership.takeOver("a", LONG);
        assertThat(leadership.acquire("b", LONG)).isEmpty();
        assertThat(leadership.renew(first, Duration.ofMillis(1))).isTrue();
        await().until(() -> leadership.acquire("b", LONG).isPresent());
        assertThat(leadership.renew(first, LONG)).isFalse();
    }

    @Test
    void who_resigns_lets_the_next_one_lead_at_once() {
        long first = leadership.takeOver("a", LONG);
        leadership.resign(first);
        OptionalLong second = leadership.acquire("b", LONG);
        assertThat(second).isPresent();
        assertThat(second.getAsLong()).isGreaterThan(first);
        leadership.resign(first);
        assertThat(leadership.acquire("c", LONG))
                .as("only the present leader resigns")
                .isEmpty();
    }

    @Test
    void the_transaction_of_an_older_epoch_fails() {
        long first = leadership.takeOver("a", LONG);
        QuarkusTransaction.requiringNew().run(() -> leadership.requireEpoch(first));
        leadership.takeOver("b", LONG);
        assertThatThrownBy(() -> QuarkusTransaction.requiringNew().run(() -> leadership.requireEpoch(first)))
                .isInstanceOf(Leadership.Lost.class)
                .hasMessageContaining(Long.toString(first));
    }

    @Test
    void nobody_takes_over_in_the_middle_of_a_planners_transaction() throws Exception {
        long first = leadership.takeOver("a", LONG);
        CountDownLatch planning = new CountDownLatch(1);
        CountDownLatch mayCommit = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<?> planner =
                    threads.submit(() -> QuarkusTransaction.requiringNew().run(() -> {
                        leadership.requireEpoch(first);
                        planning.countDown();
                        uninterrupted(mayCommit);
                    }));
            uninterrupted(planning);
            Future<Long> next = threads.submit(() -> leadership.takeOver("b", LONG));
            assertThatThrownBy(() -> next.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            mayCommit.countDown();
            planner.get();
            assertThat(next.get()).isGreaterThan(first);
        } finally {
            threads.shutdownNow();
        }
    }

    private static void uninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
