package dev.muster.ui;

import dev.muster.access.Asks;
import dev.muster.access.Caller;
import dev.muster.access.Resource;
import dev.muster.access.Verb;
import dev.muster.quota.usage.Dimension;
import dev.muster.quota.usage.Period;
import dev.muster.quota.usage.Usage;
import dev.muster.report.Usages;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** Who held how much of the cluster, for people who want to see it. */
@Path("/ui/usage")
@Produces(MediaType.TEXT_HTML)
public class UsagePages {
    private final Frames frames;
    private final Usages usages;
    private final InstantSource clock;
    private final PageProblems problems;
    private final Caller caller;

    UsagePages(Frames frames, Usages usages, InstantSource clock, PageProblems problems, Caller caller) {
        this.caller = caller;
        this.frames = frames;
        this.usages = usages;
        this.clock = clock;
        this.problems = problems;
    }

    /** What cannot be meant is what is usual: a page has no faults in its address. */
    @GET
    @Asks(value = Verb.LIST, of = Resource.Kind.JOB, seesForItself = true)
    @Operation(hidden = true)
    public TemplateInstance usage(@RestQuery @Nullable String by, @RestQuery @Nullable String days) {
        UsagePage.Wanted wanted = UsagePage.Wanted.of(by, days);
        LocalDate today = clock.instant().atZone(ZoneOffset.UTC).toLocalDate();
        Period period = new Period(
                today.minusDays(wanted.days() - 1L).atStartOfDay(ZoneOffset.UTC).toInstant(),
                // Midnight itself belongs to the day that begins.
                clock.instant().plus(Duration.ofMillis(1)));
        List<Usage> both = usages.of(
                period, List.of(List.of(wanted.by()), List.of(Dimension.DAY)), caller.view(Resource.Kind.JOB));
        return Templates.usage(UsagePage.of(frames.lasting("Usage", "usage"), wanted, both.get(0), both.get(1)));
    }

    @ServerExceptionMapper
    public Response problem(Throwable thrown, UriInfo uri) {
        return problems.page(thrown, uri);
    }
}
