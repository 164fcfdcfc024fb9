package dev.muster.web;

import dev.muster.access.Asks;
import dev.muster.access.Caller;
import dev.muster.access.Resource;
import dev.muster.access.Verb;
import dev.muster.api.BreakerOrder;
import dev.muster.catalogue.Breakers;
import dev.muster.postgres.OfferingStore;
import dev.muster.problem.Fault;
import dev.muster.problem.MusterException;
import dev.muster.quota.name.PoolName;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Locale;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What operators say of the breaker of a pool. */
@Path("/api/v1/pools/{name}/breaker")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "pools")
public class BreakerResource {
    private final Breakers breakers;
    private final PoolReading reading;
    private final Caller caller;

    BreakerResource(Breakers breakers, PoolReading reading, Caller caller) {
        this.breakers = breakers;
        this.reading = reading;
        this.caller = caller;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Asks(value = Verb.PUT, of = Resource.Kind.POOL)
    public dev.muster.api.Pool order(
            @PathParam("name") String name,
            @RequestBody(required = true, content = @Content(schema = @Schema(implementation = BreakerOrder.class)))
                    Body<BreakerOrder> body) {
        PoolName pool = Parameters.name("Pool name", name, PoolName::new);
        OfferingStore.Word word = word(body.value().order());
        String why = PolicyEdits.reason(body.value().why());
        return reading.written(breakers.order(pool, word, caller.actor().name(), why));
    }

    private static OfferingStore.Word word(@Nullable String sent) {
        if (sent == null) {
            throw MusterException.invalid(
                    new Fault("/order", Fault.Kind.REQUIRED, "expected OPEN, DRAIN or CLOSE", null));
        }
        return Stream.of(OfferingStore.Word.values())
                .filter(word -> word.name().equals(sent.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> MusterException.invalid(new Fault(
                        "/order",
                        Fault.Kind.BAD_VALUE,
                        "Bad order '%s': expected OPEN, DRAIN or CLOSE".formatted(MusterException.shown(sent)),
                        null)));
    }
}
