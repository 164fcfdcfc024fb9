package dev.muster.web;

import dev.muster.access.Asks;
import dev.muster.access.Caller;
import dev.muster.access.Resource;
import dev.muster.access.Verb;
import dev.muster.api.Event;
import dev.muster.api.Page;
import dev.muster.event.EventCursor;
import dev.muster.postgres.EventStore;
import dev.muster.problem.MusterException;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.JobSetName;
import dev.muster.quota.name.TeamName;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What happened: as a list, and as it happens (server-sent events, that go on after {@code Last-Event-ID}). */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "events")
public class EventResource {
    private final EventReading reading;
    private final EventFeed feed;
    private final Caller caller;

    EventResource(EventReading reading, EventFeed feed, Caller caller) {
        this.caller = caller;
        this.reading = reading;
        this.feed = feed;
    }

    @GET
    @Path("events")
    @Produces(MediaType.APPLICATION_JSON)
    @Asks(value = Verb.LIST, of = Resource.Kind.EVENT, seesForItself = true)
    public Page<Event> list(
            @QueryParam("team") @Nullable String team,
            @QueryParam("job") @Nullable String job,
            @QueryParam("jobSet") @Nullable String jobSet,
            @QueryParam("pageSize") @Nullable String pageSize,
            @QueryParam("pageToken") @Nullable String pageToken) {
        EventStore.Filter seen = filter(team, job, jobSet).with(caller.view(Resource.Kind.EVENT));
        return reading.list(seen, Parameters.pageSize(pageSize), pageToken);
    }

    @GET
    @Path("events")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Blocking
    @Asks(value = Verb.LIST, of = Resource.Kind.EVENT, seesForItself = true)
    public Multi<OutboundSseEvent> follow(
            @QueryParam("team") @Nullable String team,
            @QueryParam("job") @Nullable String job,
            @QueryParam("jobSet") @Nullable String jobSet,
            @HeaderParam("Last-Event-ID") @Nullable String lastEventId) {
        return feed.from(cursor(lastEventId), filter(team, job, jobSet), caller.watch(Resource.Kind.EVENT));
    }

    private static EventStore.Filter filter(@Nullable String team, @Nullable String job, @Nullable String jobSet) {
        if (jobSet != null && team == null) {
            throw MusterException.invalidParameter("jobSet", jobSet, "a team, too: a set is one of its team");
        }
        return new EventStore.Filter(
                team == null ? null : Parameters.name("team", team, TeamName::new),
                job == null ? null : Parameters.name("job", job, JobId::new),
                jobSet == null ? null : Parameters.name("jobSet", jobSet, JobSetName::new),
                null);
    }

    private static @Nullable EventCursor cursor(@Nullable String lastEventId) {
        return lastEventId == null || lastEventId.isEmpty()
                ? null
                : EventView.cursor(lastEventId)
                        .orElseThrow(() -> MusterException.invalidParameter(
                                "Last-Event-ID", lastEventId, "the cursor of an event of this service"));
    }
}
