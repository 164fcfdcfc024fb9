package dev.muster.web;

import dev.muster.artifact.Handouts;
import dev.muster.job.ArtifactRef;
import dev.muster.job.Job;
import dev.muster.postgres.ArtifactStore;
import dev.muster.postgres.ResultStore;
import dev.muster.postgres.StoredArtifact;
import dev.muster.quota.name.AttemptId;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Gives pods the files that their job brings along, piece by piece, as fast as they are taken, and takes the result that they hand back;
 * their address is what lets them in.
 */
@ApplicationScoped
public class HandoutRoutes {
    private static final Logger LOG = Logger.getLogger(HandoutRoutes.class);
    private static final long PATIENCE_SECONDS = 60;

    private final Handouts handouts;
    private final ArtifactStore store;
    private final ResultStore results;
    private final InstantSource clock;

    HandoutRoutes(Handouts handouts, ArtifactStore store, ResultStore results, InstantSource clock) {
        this.results = results;
        this.clock = clock;
        this.handouts = handouts;
        this.store = store;
    }

    void listen(@Observes Router router) {
        router.get(Handouts.PATH + ":attempt/:signature/:name").blockingHandler(this::give, false);
        router.post(Handouts.PATH + ":attempt/:signature")
                .handler(BodyHandler.create(false).setBodyLimit(ResultStore.MOST_BYTES))
                .blockingHandler(this::take, false);
    }

    /** A result that is no text of UTF-8, or has characters that no column holds, is not one. */
    private void take(RoutingContext call) {
        Optional<Job> job = handouts.open(call.pathParam("attempt"), call.pathParam("signature"));
        if (job.isEmpty()) {
            notFound(call);
            return;
        }
        Optional<String> text = text(call.body().buffer());
        if (text.isEmpty()) {
            call.response()
                    .setStatusCode(422)
                    .putHeader("Content-Type", "text/plain")
                    .end("Expected a result of at most %d bytes of text (UTF-8, no NUL)\n"
                            .formatted(ResultStore.MOST_BYTES));
            return;
        }
        results.put(AttemptId.parse(call.pathParam("attempt")), text.get(), clock.instant());
        call.response().setStatusCode(204).end();
    }

    private static Optional<String> text(@Nullable Buffer body) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body == null ? new byte[0] : body.getBytes()))
                    .toString();
            return text.isEmpty() || text.indexOf('\0') >= 0 ? Optional.empty() : Optional.of(text);
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** The same for all that is not right: who guesses learns nothing. */
    private static void notFound(RoutingContext call) {
        call.response()
                .setStatusCode(404)
                .putHeader("Content-Type", "text/plain")
                .end("Not found\n");
    }

    private void give(RoutingContext call) {
        Optional<Job> job = handouts.open(call.pathParam("attempt"), call.pathParam("signature"));
        Optional<ArtifactRef> file = job.flatMap(one -> Handouts.file(one, call.pathParam("name")));
        Optional<StoredArtifact> stored =
                file.flatMap(one -> store.find(job.orElseThrow().team(), one.sha256()));
        if (stored.isEmpty()) {
            notFound(call);
            return;
        }
        StoredArtifact one = stored.get();
        call.response()
                .putHeader("Content-Type", "application/octet-stream")
                .putHeader("Content-Length", Long.toString(one.bytes()))
                .putHeader("ETag", "\"" + one.sha256() + "\"");
        try {
            int number = 0;
            for (Optional<byte[]> piece = piece(one, number); piece.isPresent(); piece = piece(one, ++number)) {
                call.response()
                        .write(Buffer.buffer(piece.get()))
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            }
            call.response().end();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            call.request().connection().close();
        } catch (ExecutionException | TimeoutException e) {
            LOG.debugf("act=handout-cut attempt=%s why=\"%s\"", call.pathParam("attempt"), e.getMessage());
            call.request().connection().close();
        }
    }

    private Optional<byte[]> piece(StoredArtifact one, int number) {
        return store.piece(one.team(), one.sha256(), number);
    }
}
