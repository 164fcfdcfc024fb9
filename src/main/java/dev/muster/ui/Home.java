package dev.muster.ui;

import dev.muster.access.Asks;
import dev.muster.access.Resource;
import dev.muster.access.Verb;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Leads from the bare address to the pages. */
@Path("/")
public class Home {
    @GET
    @Asks(value = Verb.READ, of = Resource.Kind.SERVICE)
    @Operation(hidden = true)
    public Response home() {
        return Response.seeOther(URI.create("/ui")).build();
    }
}
