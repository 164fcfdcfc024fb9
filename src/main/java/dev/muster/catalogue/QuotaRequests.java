package dev.muster.catalogue;

import dev.muster.cycle.Wake;
import dev.muster.postgres.QueueStore;
import dev.muster.postgres.QuotaRequestStore;
import dev.muster.postgres.TeamStore;
import dev.muster.postgres.Versioned;
import dev.muster.problem.Fault;
import dev.muster.problem.Faults;
import dev.muster.problem.MusterException;
import dev.muster.problem.Place;
import dev.muster.queue.MoreQuota;
import dev.muster.queue.Queue;
import dev.muster.queue.QuotaRequest;
import dev.muster.queue.QuotaRequest.Decision;
import dev.muster.queue.QuotaRequest.State;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.TeamName;
import dev.muster.team.Team;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Teams ask for more, and who shares out what is above grants it, less or other than was asked where they want, or declines. What is
 * granted until a moment is in force beside the queue's own amounts and ends by itself; what is granted for good becomes part of them.
 */
@ApplicationScoped
public class QuotaRequests {
    private static final String KIND = "quota request";
    private static final Duration LONGEST = Duration.ofDays(366);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final QuotaRequestStore store;
    private final QueueStore queues;
    private final TeamStore teams;
    private final Queues tree;
    private final Wake wake;
    private final InstantSource clock;

    QuotaRequests(
            QuotaRequestStore store, QueueStore queues, TeamStore teams, Queues tree, Wake wake, InstantSource clock) {
        this.store = store;
        this.queues = queues;
        this.teams = teams;
        this.tree = tree;
        this.wake = wake;
        this.clock = clock;
    }

    /** What somebody asks; {@code until} null: for good. */
    public record Ask(
            TeamName team,
            QueueName queue,
            MoreQuota more,
            @Nullable Instant until,
            String why) {}

    /** What is granted where it is other than was asked; null: as it was asked. */
    public record Answer(
            @Nullable MoreQuota more,
            @Nullable Instant until,
            @Nullable String why) {}

    /** @throws MusterException where the queue is not the team's, or there is nothing to ask */
    @Transactional
    public QuotaRequest ask(Ask ask, String actor) {
        Instant now = clock.instant();
        Faults faults = new Faults();
        Place root = Place.root(faults);
        Team team = teams.find(ask.team())
                .map(Versioned::value)
                .orElseThrow(() -> MusterException.notFound("team", ask.team().value()));
        Queue queue = queues.find(ask.queue()).map(Versioned::value).orElse(null);
        boolean isTheirs =
                queue != null && (ask.queue().equals(team.queue()) || ask.team().equals(queue.team()));
        if (!isTheirs) {
            root.at("queue")
                    .fault(
                            Fault.Kind.NOT_ALLOWED,
                            "queue '%s' is none of team '%s'".formatted(ask.queue(), ask.team()),
                            "Ask for the team's own queue");
        }
        if (ask.more().isNothing()) {
            root.at("deserved").required("an amount in guarantee, deserved or capability");
        }
        later(root.at("until"), ask.until(), now);
        faults.refuseIfAny();
        byte[] id = new byte[6];
        RANDOM.nextBytes(id);
        QuotaRequest request = new QuotaRequest(
                "q-" + HexFormat.of().formatHex(id),
                ask.team(),
                ask.queue(),
                ask.more(),
                ask.until(),
                ask.why(),
                actor,
                now,
                State.OPEN,
                null);
        store.put(null, request, "QUOTA_REQUESTED", actor, now, ask.why());
        return request;
    }

    /**
     * {@code dry}: only tries it.
     *
     * @throws MusterException where it is not open, or the tree would not be sound with it
     */
    @Transactional
    public QuotaRequest grant(String id, Answer answer, String actor, boolean dry) {
        queues.lock();
        Instant now = clock.instant();
        QuotaRequest before = open(id, "grant");
        MoreQuota more = Objects.requireNonNullElse(answer.more(), before.asked());
        Instant until = answer.until() == null ? before.until() : answer.until();
        Faults faults = new Faults();
        Place root = Place.root(faults);
        later(root.at("until"), until, now);
        Queue own = queues.find(before.queue())
                .map(Versioned::value)
                .orElseThrow(
                        () -> MusterException.notFound("queue", before.queue().value()));
        Queue raised = new Queue(more.onTopOf(own.spec()), own.team());
        if (until != null && faults.isEmpty()) {
            List<Queue> all = queues.all().stream().map(Versioned::value).toList();
            Map<QueueName, MoreQuota> present = store.more();
            Map<QueueName, MoreQuota> with = new java.util.HashMap<>(present);
            with.merge(before.queue(), more, MoreQuota::plus);
            Queues.tree(root, QueueStore.with(List.of(own), with).get(0), QueueStore.with(all, present));
        }
        faults.refuseIfAny();
        QuotaRequest after = before.with(State.GRANTED, new Decision(actor, now, answer.why(), more, until));
        if (until == null) {
            tree.put(raised, new Edit(actor, Precondition.EXISTS, dry));
        }
        if (dry) {
            return after;
        }
        store.put(before, after, "QUOTA_GRANTED", actor, now, answer.why());
        wake.now();
        return after;
    }

    @Transactional
    public QuotaRequest decline(String id, @Nullable String why, String actor) {
        return close(open(id, "decline"), State.DECLINED, "QUOTA_DECLINED", why, actor);
    }

    @Transactional
    public QuotaRequest withdraw(String id, String actor) {
        return close(open(id, "withdraw"), State.WITHDRAWN, "QUOTA_WITHDRAWN", null, actor);
    }

    /** Takes back what is in force, before its time. */
    @Transactional
    public QuotaRequest end(String id, @Nullable String why, String actor) {
        queues.lock();
        QuotaRequest before = find(id);
        if (before.inForce() == null) {
            throw MusterException.invalidState(KIND, id, before.state().name(), "end", List.of());
        }
        Instant now = clock.instant();
        QuotaRequest after = before.with(State.ENDED, before.decision());
        store.put(before, after, "QUOTA_ENDED", actor, now, why);
        wake.now();
        return after;
    }

    /** @throws MusterException where there is none */
    public QuotaRequest find(String id) {
        return store.find(id).orElseThrow(() -> MusterException.notFound(KIND, id));
    }

    private QuotaRequest open(String id, String verb) {
        queues.lock();
        QuotaRequest request = find(id);
        if (request.state() != State.OPEN) {
            throw MusterException.invalidState(
                    KIND, id, request.state().name(), verb, request.inForce() == null ? List.of() : List.of("end"));
        }
        return request;
    }

    private QuotaRequest close(QuotaRequest before, State state, String type, @Nullable String why, String actor) {
        Instant now = clock.instant();
        QuotaRequest after = before.with(state, new Decision(actor, now, why, null, null));
        store.put(before, after, type, actor, now, why);
        return after;
    }

    private static void later(Place place, @Nullable Instant until, Instant now) {
        if (until != null && (!until.isAfter(now) || until.isAfter(now.plus(LONGEST)))) {
            place.bad(until.toString(), "a moment from now on, at most %d days away".formatted(LONGEST.toDays()));
        }
    }
}
