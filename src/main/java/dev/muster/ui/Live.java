package dev.muster.ui;

import dev.muster.access.Asks;
import dev.muster.access.Resource;
import dev.muster.access.Verb;
import dev.muster.problem.MusterException;
import dev.muster.quota.name.JobId;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** The stream that a page listens to: "changed" means draw again. */
@Path("/ui/live")
public class Live {
    /** So often something is sent at least, so that both ends learn when the other is gone. */
    private static final Duration AT_LEAST_EVERY = Duration.ofSeconds(20);

    private final Pulse pulse;

    Live(Pulse pulse) {
        this.pulse = pulse;
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Asks(value = Verb.READ, of = Resource.Kind.EVENT)
    @Operation(hidden = true)
    public Multi<OutboundSseEvent> changes(@RestQuery @Nullable String job, @Context Sse sse) {
        Multi<OutboundSseEvent> changes = pulse.beats(job == null ? null : id(job))
                .map(beat -> sse.newEventBuilder().data("changed").build());
        Multi<OutboundSseEvent> signs = Multi.createFrom()
                .ticks()
                .every(AT_LEAST_EVERY)
                .onOverflow()
                .drop()
                .map(tick -> sse.newEventBuilder().comment("here").build());
        return Multi.createBy().merging().streams(changes, signs);
    }

    private static JobId id(String job) {
        try {
            return new JobId(job);
        } catch (IllegalArgumentException e) {
            throw MusterException.notFound("job", job);
        }
    }
}
