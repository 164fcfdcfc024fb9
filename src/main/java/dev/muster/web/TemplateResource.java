package dev.muster.web;

import dev.muster.access.Asks;
import dev.muster.access.Resource;
import dev.muster.access.Verb;
import dev.muster.api.JobTemplate;
import dev.muster.api.Page;
import dev.muster.api.TemplateRevision;
import dev.muster.catalogue.Edit;
import dev.muster.catalogue.Templates;
import dev.muster.catalogue.Written;
import dev.muster.postgres.TemplateStore;
import dev.muster.problem.MusterException;
import dev.muster.quota.name.TeamName;
import dev.muster.template.Template;
import dev.muster.template.TemplateName;
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
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What jobs of a team have in common, by name. Whoever may change the team may change its templates. */
@Path("/api/v1/teams/{team}/templates")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "teams")
public class TemplateResource {
    private final Templates templates;
    private final TemplateStore store;
    private final TemplateReading reading;
    private final NamedPages pages;
    private final Writes writes;

    TemplateResource(
            Templates templates, TemplateStore store, TemplateReading reading, NamedPages pages, Writes writes) {
        this.templates = templates;
        this.store = store;
        this.reading = reading;
        this.pages = pages;
        this.writes = writes;
    }

    @GET
    @Asks(value = Verb.LIST, of = Resource.Kind.JOB)
    public Page<JobTemplate> list(
            @PathParam("team") String team,
            @QueryParam("pageSize") @Nullable String pageSize,
            @QueryParam("pageToken") @Nullable String pageToken) {
        return pages.page(
                "templates\n" + team,
                store.of(team(team)),
                one -> one.value().name().value(),
                reading::view,
                pageSize,
                pageToken);
    }

    @GET
    @Path("{name: [^/:]+}")
    @Asks(value = Verb.READ, of = Resource.Kind.JOB)
    @APIResponseSchema(value = JobTemplate.class, responseCode = "200")
    public Response get(@PathParam("team") String team, @PathParam("name") String name) {
        JobTemplate found = store.find(team(team), name(name))
                .map(reading::view)
                .orElseThrow(() -> MusterException.notFound("template of team " + team, name));
        return Writes.found(found, Objects.requireNonNull(found.metadata()));
    }

    @GET
    @Path("{name: [^/:]+}/revisions")
    @Asks(value = Verb.READ, of = Resource.Kind.JOB)
    public Page<TemplateRevision> revisions(@PathParam("team") String team, @PathParam("name") String name) {
        return new Page<>(
                store.revisions(team(team), name(name), Limits.PAGE).stream()
                        .map(reading::view)
                        .toList(),
                null);
    }

    @PUT
    @Path("{name: [^/:]+}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Asks(value = Verb.PUT, of = Resource.Kind.TEAM)
    @APIResponseSchema(value = JobTemplate.class, responseCode = "200")
    public Response put(
            @PathParam("team") String team,
            @PathParam("name") String name,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @HeaderParam("If-None-Match") @Nullable String ifNoneMatch,
            @QueryParam("validateOnly") @Nullable String validateOnly,
            @RequestBody(required = true, content = @Content(schema = @Schema(implementation = JobTemplate.class)))
                    Body<JobTemplate> body) {
        Edit edit = writes.edit(ifMatch, ifNoneMatch, body.value().metadata(), validateOnly);
        Written<Template> written = templates.put(reading.read(body.value(), team(team), name(name)), edit);
        JobTemplate view = reading.view(written.thing());
        return Writes.answer(view, Objects.requireNonNull(view.metadata()), written.isNew(), edit);
    }

    @DELETE
    @Path("{name: [^/:]+}")
    @Asks(value = Verb.PUT, of = Resource.Kind.TEAM)
    public void delete(
            @PathParam("team") String team,
            @PathParam("name") String name,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @QueryParam("validateOnly") @Nullable String validateOnly) {
        templates.delete(team(team), name(name), writes.edit(ifMatch, null, null, validateOnly));
    }

    private static TeamName team(String team) {
        return Parameters.name("team", team, TeamName::new);
    }

    private static TemplateName name(String name) {
        return Parameters.name("template", name, TemplateName::new);
    }
}
