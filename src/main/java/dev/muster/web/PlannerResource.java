package dev.muster.web;

import dev.muster.access.Asks;
import dev.muster.access.Resource;
import dev.muster.access.Verb;
import dev.muster.api.Page;
import dev.muster.api.PermitLine;
import dev.muster.api.Preemption;
import dev.muster.cycle.Board;
import dev.muster.postgres.PreemptionStore;
import dev.muster.problem.MusterException;
import dev.muster.quota.scenario.ScenarioText;
import dev.muster.quota.usage.Period;
import dev.muster.report.Permits;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.InstantSource;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What the planner looked at last, as a scenario file that {@code muster plan} makes the same plan of; who may ask for nodes, and who gave way. */
@Path("/api/v1/planner")
@Tag(name = "policy")
public class PlannerResource {
    private static final String YAML = "application/yaml";

    private static final int MOST = 1_000;

    private final Board board;
    private final Permits permits;
    private final PreemptionStore preemptions;
    private final InstantSource clock;

    PlannerResource(Board board, Permits permits, PreemptionStore preemptions, InstantSource clock) {
        this.board = board;
        this.permits = permits;
        this.preemptions = preemptions;
        this.clock = clock;
    }

    /** Which gang may make which offering grow, and who waits for that right; empty on a replica that does not plan. */
    @GET
    @Path("permits")
    @Produces(MediaType.APPLICATION_JSON)
    @Asks(value = Verb.READ, of = Resource.Kind.PLANNER)
    public Page<PermitLine> permits() {
        return new Page<>(permits.now().stream().map(PlannerReading::view).toList(), null);
    }

    /** Gangs that gave way in the last seven days, or between two times; the latest thousand, newest first. */
    @GET
    @Path("preemptions")
    @Produces(MediaType.APPLICATION_JSON)
    @Asks(value = Verb.READ, of = Resource.Kind.PLANNER)
    public Page<Preemption> preemptions(
            @QueryParam("from") @Nullable String from, @QueryParam("to") @Nullable String to) {
        Instant now = clock.instant();
        Period period = PeriodReader.of(from, to, now);
        return new Page<>(
                preemptions.latest(period.from(), period.to(), null, MOST).stream()
                        .map(PlannerReading::view)
                        .toList(),
                null);
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
