package dev.muster.web;

import dev.muster.access.Accounts;
import dev.muster.access.Asks;
import dev.muster.access.Caller;
import dev.muster.access.Resource;
import dev.muster.access.Verb;
import dev.muster.api.Page;
import dev.muster.problem.MusterException;
import dev.muster.rights.PersonSession;
import dev.muster.rights.Subject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Browsers in which people have signed in: one's own; operators see and end those of others too. */
@Path("/api/v1/sessions")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "access")
public class SessionResource {
    private final Accounts accounts;
    private final Caller caller;

    SessionResource(Accounts accounts, Caller caller) {
        this.accounts = accounts;
        this.caller = caller;
    }

    @GET
    @Asks(value = Verb.LIST, of = Resource.Kind.TOKEN)
    public Page<dev.muster.api.PersonSession> list() {
        return new Page<>(seen().stream().map(SessionResource::view).toList(), null);
    }

    @DELETE
    @Path("{session}")
    @Asks(value = Verb.DELETE, of = Resource.Kind.TOKEN)
    public void end(@PathParam("session") String id) {
        if (seen().stream().noneMatch(session -> session.id().equals(id))
                || !accounts.end(id, caller.actor().name())) {
            throw MusterException.notFound("session", id);
        }
    }

    private List<PersonSession> seen() {
        return caller.isOperator()
                ? accounts.sessions(null)
                : accounts.sessions(Subject.parse(caller.actor().name()));
    }

    private static dev.muster.api.PersonSession view(PersonSession session) {
        return new dev.muster.api.PersonSession(
                session.id(),
                session.subject().toString(),
                session.address(),
                session.agent(),
                session.createdAt(),
                session.expiresAt());
    }
}
