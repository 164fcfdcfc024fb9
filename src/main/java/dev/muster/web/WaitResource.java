package dev.muster.web;

import dev.muster.access.Asks;
import dev.muster.access.Resource;
import dev.muster.access.Verb;
import dev.muster.api.Page;
import dev.muster.api.QueueWait;
import dev.muster.problem.MusterException;
import dev.muster.quota.name.QueueName;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Which queues hold what the waiting gangs of others lack. */
@Path("/api/v1/waits")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "queues")
public class WaitResource {
    private final WaitReading reading;

    WaitResource(WaitReading reading) {
        this.reading = reading;
    }

    /** Of all queues, or of one with those below it. */
    @GET
    @Asks(value = Verb.LIST, of = Resource.Kind.QUEUE, seesForItself = true)
    public Page<QueueWait> list(@QueryParam("queue") @Nullable String queue) {
        return new Page<>(
                reading.of(queue == null || queue.isEmpty() ? null : Parameters.name("queue", queue, QueueName::new))
                        .orElseThrow(MusterException::notPlannedYet),
                null);
    }
}
