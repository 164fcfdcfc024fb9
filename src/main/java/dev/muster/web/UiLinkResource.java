package dev.muster.web;

import dev.muster.access.Asks;
import dev.muster.access.Gate;
import dev.muster.access.Resource;
import dev.muster.access.Sessions;
import dev.muster.access.Verb;
import dev.muster.api.UiLink;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Links that open the pages in a browser without giving it the token. */
@Path("/api/v1/ui-links")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "access")
public class UiLinkResource {
    private final Sessions sessions;

    UiLinkResource(Sessions sessions) {
        this.sessions = sessions;
    }

    @POST
    @Asks(value = Verb.OPEN_PAGES, of = Resource.Kind.SERVICE)
    @APIResponseSchema(value = UiLink.class, responseCode = "201")
    public Response make(@Context UriInfo uri) {
        Sessions.Code code = sessions.newCode();
        String url = uri.getBaseUriBuilder()
                .replacePath(Gate.SIGN_IN)
                .queryParam("code", code.text())
                .build()
                .toString();
        return Response.status(Response.Status.CREATED)
                .entity(new UiLink(url, code.expiresAt()))
                .build();
    }
}
