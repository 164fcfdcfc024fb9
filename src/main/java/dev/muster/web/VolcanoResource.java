package dev.muster.web;

import dev.muster.access.Asks;
import dev.muster.access.Resource;
import dev.muster.access.Verb;
import dev.muster.api.Confirmation;
import dev.muster.api.LintFinding;
import dev.muster.api.VolcanoConfiguration;
import dev.muster.operation.VolcanoSettings;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The configuration of Volcano's scheduler: what is in force, what the policy asks for, and the step from one to the other. */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "operation")
public class VolcanoResource {
    private final VolcanoSettings settings;

    VolcanoResource(VolcanoSettings settings) {
        this.settings = settings;
    }

    @GET
    @Path("volcano")
    @Asks(value = Verb.READ, of = Resource.Kind.CLUSTER)
    public VolcanoConfiguration compare() {
        return view(settings.compare());
    }

    @POST
    @Path("volcano:apply")
    @Consumes(MediaType.APPLICATION_JSON)
    @Asks(value = Verb.PUT, of = Resource.Kind.CLUSTER)
    public VolcanoConfiguration apply(
            @RequestBody(required = true, content = @Content(schema = @Schema(implementation = Confirmation.class)))
                    Body<Confirmation> body) {
        return view(settings.apply(Confirmations.of(body)));
    }

    private static VolcanoConfiguration view(VolcanoSettings.Comparison seen) {
        return new VolcanoConfiguration(
                "%s/%s".formatted(seen.place().namespace(), seen.place().configMap()),
                seen.inForce().orElse(null),
                seen.wanted(),
                seen.diff(),
                seen.findings().stream()
                        .map(one -> new LintFinding(
                                one.line(),
                                one.rule().name(),
                                one.severity().name(),
                                one.what(),
                                one.why(),
                                one.mend()))
                        .toList(),
                seen.confirmation());
    }
}
