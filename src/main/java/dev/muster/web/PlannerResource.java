package dev.muster.web;

import dev.muster.access.Asks;
import dev.muster.access.Resource;
import dev.muster.access.Verb;
import dev.muster.cycle.Board;
import dev.muster.problem.MusterException;
import dev.muster.quota.scenario.ScenarioText;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What the planner looked at last, as a scenario file: {@code muster plan} makes the same plan of it. */
@Path("/api/v1/planner")
@Tag(name = "policy")
public class PlannerResource {
    private static final String YAML = "application/yaml";

    private final Board board;

    PlannerResource(Board board) {
        this.board = board;
    }

    @GET
    @Path("snapshot")
    @Produces(YAML)
    @Asks(value = Verb.READ, of = Resource.Kind.PLANNER)
    public Response snapshot() {
        Board.View view = board.view().orElseThrow(MusterException::notPlannedYet);
        String story = "what the planner looked at, at " + view.snapshot().now();
        return Response.ok(ScenarioText.of(story, view.snapshot(), view.pauses().all()))
                .header("Content-Type", YAML + ";charset=UTF-8")
                .build();
    }
}
