package dev.muster.api.client;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.muster.api.Clock;
import dev.muster.api.Event;
import dev.muster.api.JobTemplate;
import dev.muster.api.Page;
import dev.muster.api.Pool;
import dev.muster.api.PriorityClass;
import dev.muster.api.Queue;
import dev.muster.api.QueueWait;
import dev.muster.api.Schedule;
import dev.muster.api.Team;
import dev.muster.api.TemplateRevision;
import dev.muster.api.UiLink;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All calls of {@code /api/v1}. Reads, and writes that are the same when done twice, are repeated where the service is away
 * for a moment; everything else is sent once. May be shared by threads.
 *
 * <p>Every call throws {@link ProblemException} where the service refuses and {@link Unreachable} where none answers.
 */
public final class MusterClient {
    private final Exchange exchange;
    private final Retries retries;

    /** {@code server} is the service's root, such as {@code http://127.0.0.1:8080}; {@code token} its bearer token, absent: none. */
    public MusterClient(URI server, @Nullable String token, Retries retries) {
        this.exchange = new Exchange(server, token, retries);
        this.retries = retries;
    }

    public URI server() {
        return exchange.server();
    }

    public Named<Team> teams() {
        return new Named<>(exchange, Team.class, Team::metadata, "teams");
    }

    public Named<Queue> queues() {
        return new Named<>(exchange, Queue.class, Queue::metadata, "queues");
    }

    /** Who waits for whom: of all queues, or of one with those below it. */
    public List<QueueWait> waits(@Nullable String queue) {
        return exchange.call("GET", Query.path("waits").with("queue", queue))
                .<Page<QueueWait>>as(Exchange.mapper().constructType(new TypeReference<Page<QueueWait>>() {}))
                .items();
    }

    public Named<Pool> pools() {
        return new Named<>(exchange, Pool.class, Pool::metadata, "pools");
    }

    public Named<PriorityClass> priorityClasses() {
        return new Named<>(exchange, PriorityClass.class, PriorityClass::metadata, "priorityClasses");
    }

    /** What jobs of a team have in common. */
    public Named<JobTemplate> templates(String team) {
        return new Named<>(exchange, JobTemplate.class, JobTemplate::metadata, "teams", team, "templates");
    }

    /** What a template was, newest first. */
    public List<TemplateRevision> templateRevisions(String team, String name) {
        return exchange.call("GET", Query.path("teams", team, "templates", name, "revisions"))
                .<Page<TemplateRevision>>as(
                        Exchange.mapper().constructType(new TypeReference<Page<TemplateRevision>>() {}))
                .items();
    }

    /** Files for jobs of a team. */
    public Artifacts artifacts(String team) {
        return new Artifacts(exchange, team);
    }

    public Named<Schedule> schedules() {
        return new Named<>(exchange, Schedule.class, Schedule::metadata, "schedules");
    }

    public Timetable timetable() {
        return new Timetable(exchange);
    }

    public Jobs jobs() {
        return new Jobs(exchange);
    }

    public Operations operations() {
        return new Operations(exchange);
    }

    /** What of the nodes is of no use. */
    public Packing packing() {
        return new Packing(exchange);
    }

    /** What was held and what it cost. */
    public Usages usages() {
        return new Usages(exchange);
    }

    /** Who may what, and who changed what. */
    public Rights rights() {
        return new Rights(exchange);
    }

    public Policies policies() {
        return new Policies(exchange);
    }

    /** What the planner of the service looked at last, as a scenario file. */
    public String plannerSnapshot() {
        return exchange.call("GET", Query.path("planner", "snapshot"))
                .header("Accept", "application/yaml, application/problem+json")
                .text();
    }

    /** What happened from {@code from} to {@code to} (absent: the last seven days), line by line; to be closed. */
    public InputStream recording(@Nullable String from, @Nullable String to) {
        return exchange.call("GET", Query.path("recording").with("from", from).with("to", to))
                .header("Accept", "application/x-ndjson, application/problem+json")
                .open(Duration.ofMinutes(2))
                .body();
    }

    public Logs logs() {
        return new Logs(exchange, retries);
    }

    /** Past events after {@code cursor} (absent: from the first), oldest first; {@code nextPageToken} is where to go on. */
    public Page<Event> events(@Nullable String team, @Nullable String job, @Nullable String cursor, int pageSize) {
        return events(team, job, null, cursor, pageSize);
    }

    /** The same of the jobs of one set. */
    public Page<Event> eventsOfSet(String team, String jobSet, @Nullable String cursor, int pageSize) {
        return events(team, null, jobSet, cursor, pageSize);
    }

    private Page<Event> events(
            @Nullable String team,
            @Nullable String job,
            @Nullable String jobSet,
            @Nullable String cursor,
            int pageSize) {
        Query path = Query.path("events")
                .with("team", team)
                .with("job", job)
                .with("jobSet", jobSet)
                .with("pageToken", cursor)
                .with("pageSize", pageSize);
        return exchange.call("GET", path).as(Exchange.mapper().constructType(new TypeReference<Page<Event>>() {}));
    }

    /** Events from now on, or after {@code cursor}, of a team or a job where given. */
    public EventStream follow(@Nullable String team, @Nullable String job, @Nullable String cursor) {
        return new EventStream(exchange, retries, team, job, null, cursor);
    }

    /** The same of the jobs of one set. */
    public EventStream followSet(String team, String jobSet, @Nullable String cursor) {
        return new EventStream(exchange, retries, team, null, jobSet, cursor);
    }

    /** A link that opens the pages once, for some minutes. */
    public UiLink newUiLink() {
        return exchange.call("POST", Query.path("ui-links")).as(UiLink.class);
    }

    public Clock clock() {
        return exchange.call("GET", Query.path("clock")).as(Clock.class);
    }

    /** Lets a virtual clock run from event to event until {@code until}, or until nothing is left; poll {@link #clock} for its end. */
    public void runClock(@Nullable Instant until) {
        Map<String, Object> body = new HashMap<>();
        if (until != null) {
            body.put("until", until);
        }
        exchange.call("POST", Query.path("clock").verb("run")).body(body).done();
    }
}
