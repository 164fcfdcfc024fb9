package dev.muster.api.client;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JavaType;
import dev.muster.api.Attempt;
import dev.muster.api.CallbackDelivery;
import dev.muster.api.CallbackKey;
import dev.muster.api.Event;
import dev.muster.api.Explanation;
import dev.muster.api.Job;
import dev.muster.api.JobArray;
import dev.muster.api.JobBatch;
import dev.muster.api.JobLink;
import dev.muster.api.JobOrigins;
import dev.muster.api.JobPatch;
import dev.muster.api.JobSet;
import dev.muster.api.Page;
import dev.muster.api.Requeue;
import dev.muster.api.Scaling;
import dev.muster.api.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Jobs: submit, look, steer. {@code id} is a job's full id. */
public final class Jobs {
    /** Most jobs in one {@link #submitAll}. */
    public static final int MOST_IN_ONE_BATCH = 10_000;

    private static final JavaType JOB_PAGE = page(new TypeReference<Page<Job>>() {});
    private static final JavaType CALLBACK_PAGE = page(new TypeReference<Page<CallbackDelivery>>() {});
    private static final JavaType LINK_PAGE = page(new TypeReference<Page<JobLink>>() {});
    private static final JavaType ARRAY_PAGE = page(new TypeReference<Page<JobArray>>() {});
    private static final JavaType SET_PAGE = page(new TypeReference<Page<JobSet>>() {});
    private static final JavaType ATTEMPT_PAGE = page(new TypeReference<Page<Attempt>>() {});
    private static final JavaType SESSION_PAGE = page(new TypeReference<Page<Session>>() {});
    private static final JavaType EVENT_PAGE = page(new TypeReference<Page<Event>>() {});

    private final Exchange exchange;

    Jobs(Exchange exchange) {
        this.exchange = exchange;
    }

    /** A key of one's own makes {@link #submit} safe to repeat from another process, too. */
    public static String newKey() {
        return UUID.randomUUID().toString();
    }

    public Job submit(String team, Job job, String idempotencyKey, boolean validateOnly) {
        return exchange.call("POST", Query.path("teams", team, "jobs").with("validateOnly", validateOnly ? true : null))
                .header("Idempotency-Key", idempotencyKey)
                .body(job)
                .repeatable()
                .as(Job.class);
    }

    /** All are accepted, in this order, or none. */
    public List<Job> submitAll(String team, List<Job> jobs, String idempotencyKey, boolean validateOnly) {
        Query path =
                Query.path("teams", team, "jobs").verb("batchCreate").with("validateOnly", validateOnly ? true : null);
        return exchange.call("POST", path)
                .header("Idempotency-Key", idempotencyKey)
                .body(new JobBatch(jobs))
                .repeatable()
                .as(JobBatch.class)
                .jobs();
    }

    /** Many alike jobs as one: {@code job.spec.array} says how many. */
    public JobArray submitArray(String team, Job job, String idempotencyKey, boolean validateOnly) {
        return exchange.call(
                        "POST", Query.path("teams", team, "arrays").with("validateOnly", validateOnly ? true : null))
                .header("Idempotency-Key", idempotencyKey)
                .body(job)
                .repeatable()
                .as(JobArray.class);
    }

    /** Newest first, at most {@code most}; {@code -} is every team. */
    public List<JobArray> arrays(String team, int most) {
        List<JobArray> found = new ArrayList<>();
        String token = null;
        do {
            Query path = Query.path("teams", team, "arrays")
                    .with("pageSize", Math.min(most, 500))
                    .with("pageToken", token);
            Page<JobArray> page = exchange.call("GET", path).as(ARRAY_PAGE);
            found.addAll(page.items());
            token = page.nextPageToken();
        } while (token != null && found.size() < most);
        return found.size() > most ? List.copyOf(found.subList(0, most)) : found;
    }

    /** Those that have not ended, newest first, at most {@code most}; {@code mine}: only the caller's. {@code -} is every team. */
    public List<Session> sessions(String team, boolean mine, int most) {
        List<Session> found = new ArrayList<>();
        String token = null;
        do {
            Query path = Query.path("teams", team, "sessions")
                    .with("mine", mine ? true : null)
                    .with("pageSize", Math.min(most, 500))
                    .with("pageToken", token);
            Page<Session> page = exchange.call("GET", path).as(SESSION_PAGE);
            found.addAll(page.items());
            token = page.nextPageToken();
        } while (token != null && found.size() < most);
        return found.size() > most ? List.copyOf(found.subList(0, most)) : found;
    }

    /** Where the caller enters a session of their own: a path of the service, good for a day. It is a key: tell it to nobody. */
    public String entrance(String team, String id) {
        return exchange.call("GET", Query.path("teams", team, "jobs", id, "links", "session"))
                .location();
    }

    public JobArray array(String team, String id) {
        return exchange.call("GET", Query.path("teams", team, "arrays", id)).as(JobArray.class);
    }

    /** Cancels every child that has not ended. */
    public JobArray cancelArray(String team, String id) {
        return exchange.call("POST", Query.path("teams", team, "arrays", id).verb("cancel"))
                .as(JobArray.class);
    }

    /** The sets of a team's jobs, by name, at most {@code most}. */
    public List<JobSet> sets(String team, int most) {
        List<JobSet> found = new ArrayList<>();
        String token = null;
        do {
            Query path = Query.path("teams", team, "jobSets")
                    .with("pageSize", Math.min(most, 500))
                    .with("pageToken", token);
            Page<JobSet> page = exchange.call("GET", path).as(SET_PAGE);
            found.addAll(page.items());
            token = page.nextPageToken();
        } while (token != null && found.size() < most);
        return found.size() > most ? List.copyOf(found.subList(0, most)) : found;
    }

    /** How the jobs of a set stand together. */
    public JobSet set(String team, String name) {
        return exchange.call("GET", Query.path("teams", team, "jobSets", name)).as(JobSet.class);
    }

    public Page<Job> page(JobQuery query, @Nullable String pageToken) {
        return exchange.call(
                        "GET",
                        Query.path("teams", query.team(), "jobs")
                                .with("pageSize", query.pageSize())
                                .with("pageToken", pageToken)
                                .with("filter", query.filter())
                                .with("orderBy", query.orderBy()))
                .as(JOB_PAGE);
    }

    /** At most {@code most} jobs, page after page. */
    public List<Job> find(JobQuery query, int most) {
        List<Job> found = new ArrayList<>();
        String token = null;
        do {
            Page<Job> page = page(query, token);
            found.addAll(page.items());
            token = page.nextPageToken();
        } while (token != null && found.size() < most);
        return found.size() > most ? List.copyOf(found.subList(0, most)) : found;
    }

    public Job get(String team, String id) {
        return exchange.call("GET", at(team, id)).as(Job.class);
    }

    /** A job that runs goes back to its queue and begins anew. */
    public Job requeue(String team, String id, String why) {
        return exchange.call("POST", Query.path("teams", team, "jobs", id).verb("requeue"))
                .body(new Requeue(why))
                .as(Job.class);
    }

    public Job patch(String team, String id, JobPatch patch, @Nullable String etag) {
        return exchange.call("PATCH", at(team, id))
                .header("If-Match", etag)
                .body(patch)
                .as(Job.class);
    }

    /** Forgets a job that has ended. */
    public void delete(String team, String id) {
        exchange.call("DELETE", at(team, id)).done();
    }

    public Job suspend(String team, String id) {
        return steer(team, id, "suspend");
    }

    public Job resume(String team, String id) {
        return steer(team, id, "resume");
    }

    public Job cancel(String team, String id) {
        return steer(team, id, "cancel");
    }

    /** Its work is saved now: where it is evicted, it loses only what came after. */
    public Job checkpoint(String team, String id) {
        return steer(team, id, "checkpoint");
    }

    /** A new job of the same spec; the answer is the new one. */
    public Job rerun(String team, String id, String idempotencyKey) {
        return exchange.call("POST", at(team, id).verb("rerun"))
                .header("Idempotency-Key", idempotencyKey)
                .repeatable()
                .as(Job.class);
    }

    public List<Attempt> attempts(String team, String id) {
        return exchange.call("GET", Query.path("teams", team, "jobs", id, "attempts"))
                .<Page<Attempt>>as(ATTEMPT_PAGE)
                .items();
    }

    public Attempt attempt(String team, String id, int number) {
        return exchange.call("GET", Query.path("teams", team, "jobs", id, "attempts", Integer.toString(number)))
                .as(Attempt.class);
    }

    /** What happened to a job, oldest first. */
    public List<Event> events(String team, String id) {
        List<Event> events = new ArrayList<>();
        String token = null;
        do {
            Query path = Query.path("teams", team, "jobs", id, "events")
                    .with("pageSize", 500)
                    .with("pageToken", token);
            Page<Event> page = exchange.call("GET", path).as(EVENT_PAGE);
            events.addAll(page.items());
            token = page.nextPageToken();
        } while (token != null);
        return events;
    }

    /** What became of the messages about a job, newest first. */
    public List<CallbackDelivery> callbacks(String team, String id) {
        return exchange.call("GET", Query.path("teams", team, "jobs", id, "callbacks"))
                .<Page<CallbackDelivery>>as(CALLBACK_PAGE)
                .items();
    }

    /** With which messages to a team's addresses are signed. */
    public CallbackKey callbackKey(String team) {
        return exchange.call("GET", Query.path("teams", team, "callbackKey")).as(CallbackKey.class);
    }

    /** Where it is shown elsewhere. */
    public List<JobLink> links(String team, String id) {
        return exchange.call("GET", Query.path("teams", team, "jobs", id, "links"))
                .<Page<JobLink>>as(LINK_PAGE)
                .items();
    }

    /** Where each value of a job comes from. */
    public JobOrigins origins(String team, String id) {
        return exchange.call("GET", Query.path("teams", team, "jobs", id, "origins"))
                .as(JobOrigins.class);
    }

    /** Runs of the same as the job {@code name}, by how many pods they had; times or days, absent: the last seven days. */
    public Scaling scaling(String team, String name, @Nullable String from, @Nullable String to) {
        Query path = Query.path("teams", team, "scaling")
                .with("name", name)
                .with("from", from)
                .with("to", to);
        return exchange.call("GET", path).as(Scaling.class);
    }

    public Explanation explanation(String team, String id) {
        return exchange.call("GET", Query.path("teams", team, "jobs", id, "explanation"))
                .as(Explanation.class);
    }

    private Job steer(String team, String id, String verb) {
        return exchange.call("POST", at(team, id).verb(verb)).as(Job.class);
    }

    private static Query at(String team, String id) {
        return Query.path("teams", team, "jobs", id);
    }

    private static JavaType page(TypeReference<?> type) {
        return Exchange.mapper().constructType(type);
    }
}
