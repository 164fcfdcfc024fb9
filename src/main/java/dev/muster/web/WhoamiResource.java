package dev.muster.web;

import dev.muster.access.Actor;
import dev.muster.access.Asks;
import dev.muster.access.Caller;
import dev.muster.access.NoDuty;
import dev.muster.access.Resource;
import dev.muster.access.Verb;
import dev.muster.api.Grant;
import dev.muster.api.Whoami;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Who the service takes the caller for; who holds no duty is told so, and whom to ask. */
@Path("/api/v1/whoami")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "access")
public class WhoamiResource {
    private final Caller caller;
    private final NoDuty noDuty;

    WhoamiResource(Caller caller, NoDuty noDuty) {
        this.noDuty = noDuty;
        this.caller = caller;
    }

    @GET
    @Asks(value = Verb.READ, of = Resource.Kind.ONESELF)
    public Whoami whoami() {
        Actor actor = caller.actor();
        return new Whoami(
                actor.name(),
                actor.kind().name(),
                actor.tokenId(),
                actor.rights().narrowing().name(),
                actor.rights().held().stream()
                        .map(held ->
                                new Grant(null, held.duty().name(), held.scope().toString(), null, null, null))
                        .toList(),
                noDuty.hint(actor).orElse(null));
    }
}
