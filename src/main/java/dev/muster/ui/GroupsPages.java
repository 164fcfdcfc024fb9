package dev.muster.ui;

import dev.muster.access.Asks;
import dev.muster.access.Caller;
import dev.muster.access.Resource;
import dev.muster.access.Verb;
import dev.muster.postgres.JobCounts;
import dev.muster.rights.Sight;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Arrays;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** Jobs in groups: what is there of each name, queue, team, priority, person. */
@Path("/ui/groups")
@Produces(MediaType.TEXT_HTML)
public class GroupsPages {
    private static final int GROUPS = 100;

    private final Frames frames;
    private final JobCounts counts;
    private final Caller caller;
    private final PageProblems problems;

    GroupsPages(Frames frames, JobCounts counts, Caller caller, PageProblems problems) {
        this.frames = frames;
        this.counts = counts;
        this.caller = caller;
        this.problems = problems;
    }

    /** What cannot be meant is what is usual: a page has no faults in its address. */
    @GET
    @Asks(value = Verb.LIST, of = Resource.Kind.JOB, seesForItself = true)
    @Operation(hidden = true)
    public TemplateInstance groups(@RestQuery @Nullable String by) {
        JobCounts.Key key = Arrays.stream(JobCounts.Key.values())
                .filter(one -> word(one).equals(by))
                .findFirst()
                .orElse(JobCounts.Key.NAME);
        Sight sight = caller.view(Resource.Kind.JOB);
        return Templates.groups(GroupsPage.of(
                frames.lasting("Jobs in groups", "jobs"),
                Arrays.stream(JobCounts.Key.values())
                        .map(one -> new GroupsPage.Choice("by " + word(one), "/ui/groups?by=" + word(one), one == key))
                        .toList(),
                word(key),
                counts.largest(key, GROUPS, sight),
                newest(key, sight)));
    }

    /** Of so many jobs the page tells, 0 for all. */
    private int newest(JobCounts.Key key, @Nullable Sight sight) {
        long all = key.isCounted()
                ? 0
                : counts.seen(sight).values().stream()
                        .mapToLong(Long::longValue)
                        .sum();
        return all > JobCounts.LOOKED_AT ? JobCounts.LOOKED_AT : 0;
    }

    private static String word(JobCounts.Key key) {
        return key.name().toLowerCase(Locale.ROOT);
    }

    @ServerExceptionMapper
    public Response problem(Throwable thrown, UriInfo uri) {
        return problems.page(thrown, uri);
    }
}
