package dev.muster.cli.scenario;

import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.plan.Ask;
import dev.muster.quota.plan.LiveAttempt;
import dev.muster.quota.plan.LiveAttempt.Held;
import dev.muster.quota.plan.PendingJob;
import dev.muster.quota.plan.Traits;
import dev.muster.quota.resource.Resources;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A running or pending job of a scenario. A job of one role says its fields itself, one of several has {@code roles}. */
final class JobPart {
    private static final Duration USUAL_AGE = Duration.ofMinutes(1);

    private final Instant now;
    private final Known known;
    private final PriorityPart priorities;
    private final Map<JobId, Duration> runs = new TreeMap<>();
    private final Map<JobId, Instant> notBefore = new TreeMap<>();

    JobPart(Instant now, Known known, PriorityPart priorities) {
        this.now = now;
        this.known = known;
        this.priorities = priorities;
    }

    /** How long jobs really run, where that is not their {@code maxRunTime}. */
    Map<JobId, Duration> runs() {
        return runs;
    }

    /** Which of the pending jobs begin to wait later than now. */
    Map<JobId, Instant> notBefore() {
        return notBefore;
    }

    PendingJob pending(Part part) {
        Map<String, Part> fields = fields(part, Place.PENDING);
        JobId id = common(fields);
        Map<PoolName, Instant> notIn = new TreeMap<>();
        if (fields.containsKey("notIn")) {
            fields.get("notIn")
                    .entries()
                    .forEach((pool, until) -> notIn.put(until.as(known::pool, pool), Times.after(until, now)));
        }
        if (fields.containsKey("notBefore")) {
            Instant at = Times.after(fields.get("notBefore"), now);
            if (at.isAfter(now)) {
                notBefore.put(id, at);
            }
        }
        List<Ask> asks = RolePart.of(part, fields, Place.PENDING_ROLE, known).stream()
                .map(role -> role.ask(1))
                .toList();
        PriorityPart.Priority priority = priorities.of(fields);
        PendingJob job = new PendingJob(
                id, queue(fields), priority.value(), since(fields), asks, notIn, traits(fields, priority));
        return fields.containsKey("claim")
                ? job.withClaim(fields.get("claim").items().stream()
                        .map(each -> PodsPart.of(each, RolePart.ONLY, pod(each, asks), known))
                        .toList())
                : job;
    }

    private static Resources pod(Part claim, List<Ask> asks) {
        Map<String, Part> fields = claim.fields(Place.PODS);
        String role = fields.containsKey("role") ? fields.get("role").text() : RolePart.ONLY.value();
        return asks.stream()
                .filter(ask -> ask.role().value().equals(role))
                .findFirst()
                .orElseThrow(() -> claim.wrong(
                        "%s is of the role %s, which the job has not".formatted(claim.path(), role),
                        "Expected one of "
                                + String.join(
                                        ", ",
                                        asks.stream()
                                                .map(ask -> ask.role().value())
                                                .toList())))
                .pod();
    }

    LiveAttempt running(Part part) {
        Map<String, Part> fields = fields(part, Place.RUNNING);
        JobId id = common(fields);
        JobId leavingFor =
                fields.containsKey("leavingFor") ? fields.get("leavingFor").as(JobId::new) : null;
        boolean leaves = fields.containsKey("leaving") && fields.get("leaving").flag();
        boolean fixed = fields.containsKey("fixed") && fields.get("fixed").flag();
        List<Held> pods = new ArrayList<>();
        List<Ask> asks = new ArrayList<>();
        for (RolePart role : RolePart.of(part, fields, Place.RUNNING_ROLE, known)) {
            List<Held> held = role.held(leavingFor).stream()
                    .map(each -> leaves && !each.leaving() ? each.leavingFor(null) : each)
                    .toList();
            pods.addAll(held);
            asks.add(role.ask(held.stream().mapToInt(Held::count).sum()));
        }
        PriorityPart.Priority priority = priorities.of(fields);
        return new LiveAttempt(
                new AttemptId(
                        id,
                        fields.containsKey("attempt") ? fields.get("attempt").whole(1, Fields.MOST_TIMES) : 1),
                queue(fields),
                priority.value(),
                since(fields),
                pods,
                fixed ? List.of() : asks,
                traits(fields, priority),
                fields.containsKey("checkpoint") ? Times.before(fields.get("checkpoint"), now) : null);
    }

    private static Map<String, Part> fields(Part part, Place place) {
        if (part.isMapping() && !part.entries().containsKey("queue")) {
            throw part.wrong("job in no queue: %s".formatted(part.path()), "Expected 'queue: …'");
        }
        return part.fields(place);
    }

    private JobId common(Map<String, Part> fields) {
        JobId id = fields.get("job").as(JobId::new);
        if (fields.containsKey("runs")) {
            runs.put(id, Times.length(fields.get("runs")));
        }
        return id;
    }

    private QueueName queue(Map<String, Part> fields) {
        return known.leaf(fields.get("queue"));
    }

    private static Traits traits(Map<String, Part> fields, PriorityPart.Priority priority) {
        return new Traits(
                fields.containsKey("user") ? fields.get("user").text() : "",
                priority.name(),
                priority.preempts(),
                fields.containsKey("oneZone") && fields.get("oneZone").flag(),
                fields.containsKey("maxRunTime") ? Times.length(fields.get("maxRunTime")) : null,
                count(fields, "passed"),
                count(fields, "evictions"),
                fields.containsKey("endless") && fields.get("endless").flag());
    }

    private static int count(Map<String, Part> fields, String name) {
        return fields.containsKey(name) ? fields.get(name).whole(0, Fields.MOST_TIMES) : 0;
    }

    private Instant since(Map<String, Part> fields) {
        return fields.containsKey("since") ? Times.before(fields.get("since"), now) : now.minus(USUAL_AGE);
    }
}
