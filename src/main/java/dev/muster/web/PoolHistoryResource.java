package dev.muster.web;

import dev.muster.access.Asks;
import dev.muster.access.Resource;
import dev.muster.access.Verb;
import dev.muster.api.OfferingHour;
import dev.muster.api.Page;
import dev.muster.postgres.OfferingHourStore;
import dev.muster.quota.offering.CapacityType;
import dev.muster.quota.usage.Period;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.InstantSource;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** How offerings did, hour by hour, as long as it is kept. */
@Path("/api/v1/pools:history")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "pools")
public class PoolHistoryResource {
    private final OfferingHourStore hours;
    private final InstantSource clock;

    PoolHistoryResource(OfferingHourStore hours, InstantSource clock) {
        this.hours = hours;
        this.clock = clock;
    }

    /** Of the last seven days where nothing is said; hours in which nothing was are absent. */
    @GET
    @Asks(value = Verb.LIST, of = Resource.Kind.POOL)
    public Page<OfferingHour> history(
            @QueryParam("from") @Nullable String from, @QueryParam("to") @Nullable String to) {
        Instant now = clock.instant();
        Period period = PeriodReader.of(from, to, now);
        return new Page<>(
                hours.between(period.from(), period.to()).stream()
                        .map(PoolHistoryResource::view)
                        .toList(),
                null);
    }

    private static OfferingHour view(dev.muster.quota.offering.OfferingHour hour) {
        return new OfferingHour(
                hour.hour(),
                hour.offering().toString(),
                hour.offering().pool().value(),
                hour.offering().zone(),
                hour.offering().instanceType(),
                hour.offering().capacity() == CapacityType.SPOT,
                hour.came(),
                hour.failed(),
                hour.lost(),
                hour.ran().toMillis() / 3_600_000.0,
                hour.open().toSeconds(),
                hour.halfOpen().toSeconds());
    }
}
