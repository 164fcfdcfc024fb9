package dev.muster.ui;

import dev.muster.access.Asks;
import dev.muster.access.Resource;
import dev.muster.access.Verb;
import dev.muster.problem.MusterException;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** Where who looks chooses the time zone of the pages; it is kept by their browser. */
@Path("/ui/zone")
@Produces(MediaType.TEXT_HTML)
public class ZonePages {
    private static final String SET = Zones.COOKIE + "=%s; Path=/ui; Max-Age=%d; SameSite=Lax; HttpOnly";

    private final Frames frames;
    private final PageProblems problems;

    ZonePages(Frames frames, PageProblems problems) {
        this.frames = frames;
        this.problems = problems;
    }

    @GET
    @Asks(value = Verb.READ, of = Resource.Kind.SERVICE)
    @Operation(hidden = true)
    public TemplateInstance choose(@RestQuery @Nullable String back) {
        Frame frame = frames.lasting("Time zone", "");
        return Templates.zone(new ZonePage(frame, Zones.name(frame.zone()), groups(frame.now()), own(back)));
    }

    @POST
    @Asks(value = Verb.READ, of = Resource.Kind.SERVICE)
    @Operation(hidden = true)
    public Response chosen(@RestForm @Nullable String zone, @RestForm @Nullable String back) {
        ZoneId found = Zones.zone(zone)
                .orElseThrow(() -> MusterException.invalidParameter(
                        "zone", QuotaPages.text(zone), "a time zone such as Europe/Berlin, or UTC"));
        return Response.seeOther(URI.create(own(back)))
                .header(
                        "Set-Cookie",
                        SET.formatted(Zones.name(found), Duration.ofDays(365).toSeconds()))
                .build();
    }

    /** A page of this service, and no other address. */
    static String own(@Nullable String back) {
        return back != null && back.matches("/ui(?:[/?][A-Za-z0-9/?&=._~%+:@-]*)?") && !back.contains("//")
                ? back
                : "/ui";
    }

    private static List<ZonePage.Group> groups(Instant now) {
        Map<String, List<ZonePage.Zone>> groups = ZoneId.getAvailableZoneIds().stream()
                .filter(id -> id.contains("/") && !id.startsWith("Etc/") && !id.startsWith("SystemV/"))
                .sorted()
                .map(id -> new ZonePage.Zone(id, Zones.offset(ZoneId.of(id), now)))
                .collect(Collectors.groupingBy(
                        zone -> zone.id().substring(0, zone.id().indexOf('/')), TreeMap::new, Collectors.toList()));
        return groups.entrySet().stream()
                .map(group -> new ZonePage.Group(group.getKey(), group.getValue()))
                .toList();
    }

    @ServerExceptionMapper
    public Response problem(Throwable thrown, UriInfo uri) {
        return problems.page(thrown, uri);
    }
}
