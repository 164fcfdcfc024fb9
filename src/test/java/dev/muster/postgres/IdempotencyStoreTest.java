package dev.muster.postgres;

import static dev.muster.postgres.Jobs.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.postgres.IdempotencyStore.Answer;
import dev.muster.postgres.IdempotencyStore.Claim;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

@QuarkusTest
class IdempotencyStoreTest {
    private static final Answer ANSWER = new Answer(201, "/api/v1/teams/a/jobs/1", "{\"kind\":\"Job\"}");

    @Inject
    IdempotencyStore store;

    @Test
    void the_first_request_works_and_the_same_again_gets_its_answer() {
        assertThat(request("ada", "key-1", "body", NOW)).isEqualTo(new Claim.First());
        assertThat(request("ada", "key-1", "body", NOW.plusSeconds(60))).isEqualTo(new Claim.Repeated(ANSWER));
        assertThat(request("ada", "key-1", "other body", NOW)).isEqualTo(new Claim.OtherRequest());
        assertThat(request("bob", "key-1", "other body", NOW)).isEqualTo(new Claim.First());
    }

    @Test
    void a_key_is_free_again_after_a_day() {
        request("ada", "key-2", "body", NOW);
        Instant later = NOW.plus(IdempotencyStore.KEPT).plus(Duration.ofSeconds(1));
        assertThat(request("ada", "key-2", "other body", later)).isEqualTo(new Claim.First());
        request("ada", "key-3", "body", NOW);
        assertThat(store.forget(later)).isPositive();
        assertThat(request("ada", "key-3", "other body", NOW)).isEqualTo(new Claim.First());
    }

    @Test
    void of_many_equal_requests_at_once_one_works_and_all_others_get_its_answer() throws InterruptedException {
        Callable<Claim> request = () -> request("ada", "key-4", "body", NOW);
        List<Object> claims = Together.call(Collections.nCopies(8, request));
        assertThat(claims).filteredOn(Claim.First.class::isInstance).hasSize(1);
        assertThat(claims).filteredOn(new Claim.Repeated(ANSWER)::equals).hasSize(7);
    }

    @Test
    void a_request_that_failed_leaves_its_key_free() {
        assertThatThrownBy(() -> QuarkusTransaction.requiringNew().run(() -> {
                    store.claim("ada", "key-5", hash("body"), NOW);
                    throw new IllegalStateException("the work fails");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(request("ada", "key-5", "other body", NOW)).isEqualTo(new Claim.First());
    }

    private Claim request(String actor, String key, String body, Instant now) {
        return QuarkusTransaction.requiringNew().call(() -> {
            Claim claim = store.claim(actor, key, hash(body), now);
            if (claim instanceof Claim.First) {
                store.answer(actor, key, ANSWER);
            }
            return claim;
        });
    }

    private static byte[] hash(String body) {
        return body.getBytes(StandardCharsets.UTF_8);
    }
}
