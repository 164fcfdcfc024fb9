package dev.muster.web;

import dev.muster.artifact.Handouts;
import dev.muster.job.ArtifactRef;
import dev.muster.job.Job;
import dev.muster.postgres.ArtifactStore;
import dev.muster.postgres.StoredArtifact;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/** Gives pods the files that their job brings along; their address is what lets them in. Piece by piece, as fast as it is taken. */
@ApplicationScoped
public class HandoutRoutes {
    private static final Logger LOG = Logger.getLogger(HandoutRoutes.class);
    private static final long PATIENCE_SECONDS = 60;

    private final Handouts handouts;
    private final ArtifactStore store;

    HandoutRoutes(Handouts handouts, ArtifactStore store) {
        this.handouts = handouts;
        this.store = store;
    }

    void listen(@Observes Router router) {
        router.get(Handouts.PATH + ":attempt/:signature/:name").blockingHandler(this::give, false);
    }

    private void give(RoutingContext call) {
        Optional<Job> job = handouts.open(call.pathParam("attempt"), call.pathParam("signature"));
        Optional<ArtifactRef> file = job.flatMap(one -> Handouts.file(one, call.pathParam("name")));
        Optional<StoredArtifact> stored =
                file.flatMap(one -> store.find(job.orElseThrow().team(), one.sha256()));
        if (stored.isEmpty()) {
            // The same for all that is not right: who guesses learns nothing.
            call.response()
                    .setStatusCode(404)
                    .putHeader("Content-Type", "text/plain")
                    .end("Not found\n");
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
