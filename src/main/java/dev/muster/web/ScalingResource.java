package dev.muster.web;

import dev.muster.access.Asks;
import dev.muster.access.Caller;
import dev.muster.access.Resource;
import dev.muster.access.Verb;
import dev.muster.api.Scaling;
import dev.muster.job.Series;
import dev.muster.problem.MusterException;
import dev.muster.quota.name.Names;
import dev.muster.quota.name.TeamName;
import dev.muster.quota.usage.Period;
import dev.muster.quota.usage.ScalingCurve;
import dev.muster.report.Scalings;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Runs of the same, compared by how many pods they had. */
@Path("/api/v1/teams/{team}/scaling")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "usage")
public class ScalingResource {
    private static final double MILLIS = 1_000;

    private final Scalings scalings;
    private final InstantSource clock;
    private final Caller caller;

    ScalingResource(Scalings scalings, InstantSource clock, Caller caller) {
        this.scalings = scalings;
        this.clock = clock;
        this.caller = caller;
    }

    @GET
    @Asks(value = Verb.LIST, of = Resource.Kind.JOB, seesForItself = true)
    public Scaling get(
            @PathParam("team") String team,
            @QueryParam("name") @Nullable String name,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to) {
        if (name == null || !Names.isLabel(name)) {
            throw MusterException.invalidParameter(
                    "name", String.valueOf(name), "the name of a job, with or without a number at its end");
        }
        Series series = Series.named(Parameters.name("team", team, TeamName::new), name);
        Period period = PeriodReader.of(from, to, clock.instant().truncatedTo(ChronoUnit.MILLIS));
        ScalingCurve curve = scalings.of(series, period, caller.view(Resource.Kind.JOB));
        return new Scaling(
                series.team().value(),
                series.name(),
                period.from(),
                period.to(),
                curve.points().stream().map(ScalingResource::point).toList());
    }

    private static Scaling.Point point(ScalingCurve.Point point) {
        BigDecimal cost = point.cost();
        return new Scaling.Point(
                point.pods(),
                point.runs(),
                seconds(point.fastest()),
                seconds(point.median()),
                seconds(point.slowest()),
                rounded(point.coreHours()),
                cost == null ? null : rounded(cost.doubleValue()),
                rounded(point.speedup()),
                rounded(point.efficiency()));
    }

    private static double seconds(Duration time) {
        return time.toMillis() / MILLIS;
    }

    private static double rounded(double value) {
        return Math.round(value * 1e6) / 1e6;
    }
}
