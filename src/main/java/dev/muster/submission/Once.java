package dev.muster.submission;

import dev.muster.postgres.IdempotencyStore;
import dev.muster.postgres.IdempotencyStore.Answer;
import dev.muster.problem.MusterException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Does the work once for a key, in one transaction with it: whoever comes second gets the first answer. */
@ApplicationScoped
public class Once {
    private final IdempotencyStore keys;
    private final InstantSource clock;

    Once(IdempotencyStore keys, InstantSource clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /** @throws MusterException where the key was sent with another request */
    @Transactional
    public Answer of(String actor, Submission.@Nullable Key key, Supplier<Answer> work) {
        if (key == null) {
            return work.get();
        }
        return keys.claim(actor, key.value(), key.hash(), clock.instant())
                .match(
                        () -> {
                            Answer answer = work.get();
                            keys.answer(actor, key.value(), answer);
                            return answer;
                        },
                        first -> first,
                        () -> {
                            throw MusterException.idempotencyKeyReused(key.value());
                        });
    }
}
