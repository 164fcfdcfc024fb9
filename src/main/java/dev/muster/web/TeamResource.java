package dev.muster.web;

import dev.muster.access.Asks;
import dev.muster.access.Resource;
import dev.muster.access.Verb;
import dev.muster.api.Page;
import dev.muster.catalogue.Edit;
import dev.muster.catalogue.Teams;
import dev.muster.catalogue.Written;
import dev.muster.operation.TeamSites;
import dev.muster.problem.Faults;
import dev.muster.problem.Place;
import dev.muster.quota.name.TeamName;
import dev.muster.team.Team;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Teams: create or replace, look, delete. */
@Path("/api/v1/teams")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "teams")
public class TeamResource {
    private final Teams teams;
    private final TeamReading reading;
    private final TeamSites sites;
    private final Writes writes;

    TeamResource(Teams teams, TeamReading reading, TeamSites sites, Writes writes) {
        this.teams = teams;
        this.reading = reading;
        this.sites = sites;
        this.writes = writes;
    }

    @GET
    @Asks(value = Verb.LIST, of = Resource.Kind.TEAM, seesForItself = true)
    public Page<dev.muster.api.Team> list(
            @QueryParam("pageSize") @Nullable String pageSize, @QueryParam("pageToken") @Nullable String pageToken) {
        return reading.list(pageSize, pageToken);
    }

    @GET
    @Path("{name}")
    @Asks(value = Verb.READ, of = Resource.Kind.TEAM)
    @APIResponseSchema(value = dev.muster.api.Team.class, responseCode = "200")
    public Response get(@PathParam("name") String name) {
        dev.muster.api.Team found = reading.one(name(name));
        return Writes.found(found, found.metadata());
    }

    @PUT
    @Path("{name}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Asks(value = Verb.PUT, of = Resource.Kind.TEAM)
    @APIResponseSchema(value = dev.muster.api.Team.class, responseCode = "200")
    public Response put(
            @PathParam("name") String name,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @HeaderParam("If-None-Match") @Nullable String ifNoneMatch,
            @QueryParam("validateOnly") @Nullable String validateOnly,
            @RequestBody(
                            required = true,
                            content = @Content(schema = @Schema(implementation = dev.muster.api.Team.class)))
                    Body<dev.muster.api.Team> body) {
        Edit edit = writes.edit(ifMatch, ifNoneMatch, body.value().metadata(), validateOnly);
        Faults faults = new Faults();
        Team value = TeamWords.read(Place.root(faults), body.value(), name(name));
        faults.refuseIfAny();
        Written<Team> written = teams.put(value, edit);
        if (!edit.dry()) {
            sites.settle(written.thing().value());
        }
        dev.muster.api.Team view = reading.view(written.thing());
        return Writes.answer(view, view.metadata(), written.isNew(), edit);
    }

    @DELETE
    @Path("{name}")
    @Asks(value = Verb.DELETE, of = Resource.Kind.TEAM)
    public void delete(
            @PathParam("name") String name,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @QueryParam("validateOnly") @Nullable String validateOnly) {
        teams.delete(name(name), writes.edit(ifMatch, null, null, validateOnly));
    }

    private static TeamName name(String name) {
        return Parameters.name("Team name", name, TeamName::new);
    }
}
