package dev.muster.web;

import dev.muster.access.Asks;
import dev.muster.access.Resource;
import dev.muster.access.Verb;
import dev.muster.problem.MusterException;
import dev.muster.quota.plan.Snapshot;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What happened, so that {@code muster simulate} can let it happen again under other policies. */
@Path("/api/v1/recording")
@Tag(name = "policy")
public class RecordingResource {
    private static final String LINES = "application/x-ndjson";
    private static final Duration USUAL = Duration.ofDays(7);

    private final RecordingReading reading;
    private final InstantSource clock;

    RecordingResource(RecordingReading reading, InstantSource clock) {
        this.reading = reading;
        this.clock = clock;
    }

    @GET
    @Produces(LINES)
    @Asks(value = Verb.READ, of = Resource.Kind.PLANNER)
    public Response recording(@QueryParam("from") @Nullable String from, @QueryParam("to") @Nullable String to) {
        Instant now = clock.instant();
        Instant said = PeriodReader.time("to", to);
        Instant end = said == null ? now : said;
        Instant first = PeriodReader.time("from", from);
        Instant begin = first == null ? end.minus(USUAL) : first;
        if (!begin.isBefore(end)) {
            throw MusterException.invalidParameter("from", begin.toString(), "a time before " + end);
        }
        Snapshot cluster = reading.cluster();
        StreamingOutput lines = out -> reading.write(cluster, begin, end, now, out);
        return Response.ok(lines).header("Content-Type", LINES).build();
    }
}
