package dev.muster.ui;

import dev.muster.access.Asks;
import dev.muster.access.Resource;
import dev.muster.access.Verb;
import dev.muster.postgres.RecordStore;
import dev.muster.rights.RecordedChange;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** Who changed what, for people who look for it. */
@Path("/ui/audit")
@Produces(MediaType.TEXT_HTML)
public class AuditPages {
    private static final int LINES = 50;

    private final Frames frames;
    private final RecordStore store;
    private final InstantSource clock;
    private final PageProblems problems;

    AuditPages(Frames frames, RecordStore store, InstantSource clock, PageProblems problems) {
        this.frames = frames;
        this.store = store;
        this.clock = clock;
        this.problems = problems;
    }

    /** {@code before}: those older than this one. */
    @GET
    @Asks(value = Verb.LIST, of = Resource.Kind.RECORD)
    @Operation(hidden = true)
    public TemplateInstance audit(
            @RestQuery @Nullable String actor,
            @RestQuery @Nullable String type,
            @RestQuery @Nullable String name,
            @RestQuery @Nullable String team,
            @RestQuery @Nullable String before) {
        AuditPage.Wanted wanted = AuditPage.Wanted.of(actor, type, name, team);
        List<RecordedChange> found = store.list(
                new RecordStore.Filter(
                        some(wanted.actor()),
                        some(wanted.team()),
                        some(wanted.type().toUpperCase(Locale.ROOT).replace(' ', '_')),
                        some(wanted.name()),
                        null,
                        null),
                before != null && before.matches("\\d{1,18}") ? Long.valueOf(before) : null,
                LINES + 1);
        List<RecordedChange> page = found.size() > LINES ? found.subList(0, LINES) : found;
        Instant now = clock.instant();
        return Templates.audit(new AuditPage(
                frames.lasting("Changes", "audit"),
                wanted,
                page.stream().map(one -> AuditPage.Line.of(one, now)).toList(),
                found.size() > LINES
                        ? "/ui/audit?" + wanted.query() + "&before="
                                + page.get(LINES - 1).id()
                        : null,
                "/api/v1/audit?format=csv" + (wanted.isAny() ? "" : "&" + exported(wanted))));
    }

    @ServerExceptionMapper
    public Response problem(Throwable thrown, UriInfo uri) {
        return problems.page(thrown, uri);
    }

    /** Without what is not looked for: the API would look for what is called nothing. */
    private static String exported(AuditPage.Wanted wanted) {
        return List.of(wanted.query().split("&")).stream()
                .filter(part -> !part.endsWith("="))
                .reduce((one, other) -> one + "&" + other)
                .orElse("");
    }

    private static @Nullable String some(String text) {
        return text.isEmpty() ? null : text;
    }
}
