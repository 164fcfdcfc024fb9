package dev.muster.web;

import dev.muster.access.Asks;
import dev.muster.access.Resource;
import dev.muster.access.Verb;
import dev.muster.api.Confirmation;
import dev.muster.api.SiteStep;
import dev.muster.api.TeamFarewell;
import dev.muster.api.TeamSite;
import dev.muster.kubernetes.onboarding.Farewell;
import dev.muster.operation.TeamSites;
import dev.muster.quota.name.TeamName;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** A team's place in the cluster: what it lacks, making it, and taking it away. */
@Path("/api/v1/teams")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "operation")
public class TeamSiteResource {
    private final TeamSites sites;

    TeamSiteResource(TeamSites sites) {
        this.sites = sites;
    }

    @GET
    @Path("{name}/site")
    @Asks(value = Verb.READ, of = Resource.Kind.CLUSTER)
    public TeamSite site(@PathParam("name") String name) {
        return view(sites.plan(name(name)));
    }

    @POST
    @Path("{name}:onboard")
    @Asks(value = Verb.PUT, of = Resource.Kind.CLUSTER)
    public TeamSite onboard(@PathParam("name") String name) {
        return view(sites.onboard(name(name)));
    }

    @GET
    @Path("{name}/farewell")
    @Asks(value = Verb.READ, of = Resource.Kind.CLUSTER)
    public TeamFarewell farewell(@PathParam("name") String name) {
        return view(name, sites.farewell(name(name)));
    }

    @POST
    @Path("{name}:offboard")
    @Consumes(MediaType.APPLICATION_JSON)
    @Asks(value = Verb.DELETE, of = Resource.Kind.CLUSTER)
    public TeamFarewell offboard(
            @PathParam("name") String name,
            @RequestBody(required = true, content = @Content(schema = @Schema(implementation = Confirmation.class)))
                    Body<Confirmation> body) {
        return view(name, sites.offboard(name(name), Confirmations.of(body)));
    }

    private static TeamSite view(TeamSites.Seen seen) {
        return new TeamSite(
                seen.site().team().value(),
                seen.site().namespace(),
                seen.site().serviceAccount(),
                seen.steps().stream()
                        .map(step -> new SiteStep(step.object(), step.action().name(), step.why()))
                        .toList());
    }

    private static TeamFarewell view(String team, Farewell farewell) {
        return new TeamFarewell(
                team, farewell.deleted(), farewell.released(), farewell.kept(), farewell.confirmation());
    }

    private static TeamName name(String name) {
        return Parameters.name("Team name", name, TeamName::new);
    }
}
