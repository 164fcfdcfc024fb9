package dev.muster.web;

import dev.muster.access.Asks;
import dev.muster.access.Caller;
import dev.muster.access.Resource;
import dev.muster.access.Verb;
import dev.muster.cluster.LogChunk;
import dev.muster.job.Job;
import dev.muster.problem.MusterException;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestMulti;
import org.jspecify.annotations.Nullable;

/** What pods write. With {@code follow=true} the answer goes on until the pod has ended; without, a header says where to go on. */
@Path("/api/v1/teams/{team}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "jobs")
public class LogResource {
    private static final String TEXT = "text/plain;charset=UTF-8";

    private final LogReading logs;
    private final JobLookup lookup;
    private final Caller caller;

    LogResource(LogReading logs, JobLookup lookup, Caller caller) {
        this.caller = caller;
        this.logs = logs;
        this.lookup = lookup;
    }

    @GET
    @Path("jobs/{job}/logs")
    @Produces(MediaType.TEXT_PLAIN)
    @Blocking
    @Asks(value = Verb.READ, of = Resource.Kind.JOB, seesForItself = true)
    public RestMulti<byte[]> read(
            @PathParam("team") String team,
            @PathParam("job") String job,
            @QueryParam("role") @Nullable String role,
            @QueryParam("index") @Nullable String index,
            @QueryParam("attempt") @Nullable String attempt,
            @QueryParam("offset") @Nullable String offset,
            @QueryParam("follow") @Nullable String follow,
            @HeaderParam("Range") @Nullable String range) {
        Job found = lookup.find(team, job);
        LogReading.Which which = logs.which(
                found,
                role,
                Parameters.number("index", index, 0),
                attempt == null ? null : positive(attempt),
                Parameters.number("offset", offset, 0));
        if (Parameters.flag("follow", follow)) {
            return RestMulti.fromMultiData(logs.follow(which, caller.watch(Resource.Kind.JOB)))
                    .withDemand(1)
                    .header("Content-Type", TEXT)
                    .build();
        }
        ByteRange asked = ByteRange.of(range);
        if (asked != null && which.offset() == 0) {
            return part(which, asked);
        }
        LogChunk chunk = logs.read(which);
        return RestMulti.fromMultiData(Multi.createFrom().item(chunk.bytes()))
                .header("Content-Type", TEXT)
                .header("Muster-Next-Offset", Long.toString(chunk.nextOffset()))
                .header("Accept-Ranges", "bytes")
                .build();
    }

    /** Bytes of it, as much as one answer holds; how long all of it is nobody says while it grows. */
    private RestMulti<byte[]> part(LogReading.Which which, ByteRange asked) {
        LogChunk chunk = logs.read(which.from(asked.first()));
        long most = asked.last() == null ? Long.MAX_VALUE : asked.last() - asked.first() + 1;
        byte[] bytes = chunk.bytes().length > most ? Arrays.copyOf(chunk.bytes(), (int) most) : chunk.bytes();
        long next = asked.first() + bytes.length;
        boolean all = chunk.end() && bytes.length == chunk.bytes().length;
        String size = all ? Long.toString(next) : "*";
        boolean none = bytes.length == 0;
        return RestMulti.fromMultiData(Multi.createFrom().item(bytes))
                .status(none ? 416 : 206)
                .header("Content-Type", TEXT)
                .header("Accept-Ranges", "bytes")
                .header(
                        "Content-Range",
                        none ? "bytes */" + size : "bytes %d-%d/%s".formatted(asked.first(), next - 1, size))
                .header("Muster-Next-Offset", Long.toString(next))
                .build();
    }

    private static int positive(String attempt) {
        long number = Parameters.number("attempt", attempt, 0);
        if (number < 1 || number > Integer.MAX_VALUE) {
            throw MusterException.invalidParameter("attempt", attempt, "a number from 1");
        }
        return (int) number;
    }
}
