package dev.muster.ui;

import dev.muster.access.Asks;
import dev.muster.access.Caller;
import dev.muster.access.Resource;
import dev.muster.access.Verb;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** The stream that a page listens to: "changed" means draw again. It ends where somebody may not listen any more. */
@Path("/ui/live")
public class Live {
    /** So often something is sent at least, so that both ends learn when the other is gone; and so soon a session that is over is. */
    private static final Duration AT_LEAST_EVERY = Duration.ofSeconds(10);

    private final Pulse pulse;
    private final JobPages jobs;
    private final Caller caller;

    Live(Pulse pulse, JobPages jobs, Caller caller) {
        this.jobs = jobs;
        this.caller = caller;
        this.pulse = pulse;
    }

    @GET
    @Blocking
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Asks(value = Verb.READ, of = Resource.Kind.EVENT, seesForItself = true)
    @Operation(hidden = true)
    public Multi<OutboundSseEvent> changes(@RestQuery @Nullable String job, @Context Sse sse) {
        Multi<Optional<Pulse.Beat>> beats =
                pulse.beats(job == null ? null : jobs.job(job).id()).map(Optional::of);
        Multi<Optional<Pulse.Beat>> signs = Multi.createFrom()
                .ticks()
                .every(AT_LEAST_EVERY)
                .onOverflow()
                .drop()
                .map(tick -> Optional.empty());
        Caller.Watch watch = caller.watch(Resource.Kind.EVENT);
        // Whether they may listen is asked of the database now and then, and from one thread at a time.
        return Multi.createBy()
                .merging()
                .streams(beats, signs)
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .select()
                .first(told -> !watch.isOver())
                .filter(told -> told.isEmpty() || told.get().concerns(watch.sight()))
                .map(told -> told.isEmpty()
                        ? sse.newEventBuilder().comment("here").build()
                        : sse.newEventBuilder().data("changed").build());
    }
}
