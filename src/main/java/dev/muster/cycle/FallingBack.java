package dev.muster.cycle;

import dev.muster.event.Event;
import dev.muster.event.EventType;
import dev.muster.event.Why;
import dev.muster.job.Job;
import dev.muster.postgres.OnDemandStore;
import dev.muster.postgres.WaitStore;
import dev.muster.quota.fallback.Fallback;
import dev.muster.quota.fallback.FallbackRules;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.TeamName;
import dev.muster.quota.plan.Decision;
import dev.muster.quota.plan.Reason;
import dev.muster.quota.plan.ReasonCode;
import dev.muster.quota.plan.Snapshot;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * After the plan: which of the jobs that wait for spot nodes may use others from the next plan on. What they may cost is set apart in the
 * same transaction; what was granted and is told again costs nothing more. Used by the cycle's thread alone.
 */
@ApplicationScoped
public class FallingBack {
    /** Whoever waits for one of these waits for nodes; all others would wait on other nodes as well. */
    private static final Set<ReasonCode> LACKS_NODES = EnumSet.of(
            ReasonCode.BACKOFF,
            ReasonCode.BREAKER_OPEN,
            ReasonCode.PERMIT_OF_OTHERS,
            ReasonCode.NODES_FULL,
            ReasonCode.FRAGMENTED,
            ReasonCode.PLACEMENT_UNSATISFIABLE,
            ReasonCode.BEHIND_RESERVATION);
    /** In one cycle; the next one looks at the others, who wait for their budget anyway. */
    private static final int MOST = 1_000;

    /** What is spent comes back with the end of attempts, which plans anew, or with time alone. */
    private static final Duration AGAIN = Duration.ofHours(1);

    private final OnDemandStore store;
    private final OfferingBook offerings;
    private final InForce inForce;
    private final Leader leader;
    private final Map<JobId, Fallback> told = new HashMap<>();

    FallingBack(OnDemandStore store, OfferingBook offerings, InForce inForce, Leader leader) {
        this.store = store;
        this.offerings = offerings;
        this.inForce = inForce;
        this.leader = leader;
    }

    /** How many were granted, what is to be said of those that wait, and when time alone may change that. */
    record Look(
            int granted,
            Map<JobId, Reason> remarks,
            @Nullable Instant again) {}

    Look look(Snapshot snapshot, Function<JobId, Optional<Decision>> decisions, World world, Instant now) {
        List<Job> jobs = world.spotFirst();
        told.keySet().retainAll(jobs.stream().map(Job::id).collect(Collectors.toSet()));
        if (jobs.isEmpty()) {
            return new Look(0, Map.of(), null);
        }
        FallbackRules rules = inForce.fallback();
        Map<TeamName, Integer> budgets = store.budgets();
        boolean nobodyMay = rules.isOff() && budgets.values().stream().allMatch(budget -> budget == 0);
        OnDemandQuote quote = new OnDemandQuote(offerings.pools(), snapshot.expansions(), inForce.planSettings());
        OnDemandStore.Spent spent = nobodyMay
                ? OnDemandStore.Spent.NOTHING
                : store.spentSince(now.minus(rules.period()), quote.spotPools());
        Round round = new Round(world, now, grantedBefore(jobs, world));
        jobs.stream()
                .filter(job -> decisions
                        .apply(job.id())
                        .filter(decision -> decision instanceof Decision.Hold
                                && LACKS_NODES.contains(decision.reason().code()))
                        .isPresent())
                .sorted(Comparator.comparingInt(Job::priority)
                        .reversed()
                        .thenComparing(Job::age)
                        .thenComparing(Job::id))
                .limit(MOST)
                .forEach(job -> {
                    if (world.wait(job.id()).onDemand()) {
                        round.isGranted(job);
                    } else {
                        quote.of(job, now)
                                .ifPresent(waiting -> round.answer(
                                        job,
                                        waiting.length(),
                                        Fallback.of(
                                                waiting.waiting(),
                                                rules.withBudget(budgets.getOrDefault(job.team(), rules.budget())),
                                                spent.beside(job.team(), job.id())
                                                        .add(round.granted(job.team())))));
                    }
                });
        round.write();
        return round.look();
    }

    /** Grants of jobs of which another leader was told, or this one before it began again. */
    private Map<JobId, OnDemandStore.Grant> grantedBefore(List<Job> jobs, World world) {
        List<JobId> unknown = jobs.stream()
                .map(Job::id)
                .filter(id -> world.wait(id).onDemand() && !told.containsKey(id))
                .toList();
        return unknown.isEmpty() ? Map.of() : store.granted(unknown);
    }

    private final class Round {
        private final Map<JobId, OnDemandStore.Grant> before;
        private final World world;
        private final Instant now;
        private final List<OnDemandStore.Grant> grants = new ArrayList<>();
        private final Map<TeamName, BigDecimal> granted = new HashMap<>();
        private final Map<JobId, WaitStore.Wait> waits = new HashMap<>();
        private final List<Event> events = new ArrayList<>();
        private final Map<JobId, Reason> remarks = new HashMap<>();
        private @Nullable Instant again;

        Round(World world, Instant now, Map<JobId, OnDemandStore.Grant> before) {
            this.before = before;
            this.world = world;
            this.now = now;
        }

        BigDecimal granted(TeamName team) {
            return granted.getOrDefault(team, BigDecimal.ZERO);
        }

        void isGranted(Job job) {
            Fallback last = told.get(job.id());
            OnDemandStore.Grant grant = before.get(job.id());
            if (last != null) {
                remarks.put(job.id(), reason(last));
            } else if (grant != null) {
                remarks.put(
                        job.id(),
                        new Reason(
                                ReasonCode.SPOT_FIRST,
                                Fallback.granted(grant.rule(), grant.cost()),
                                null,
                                Map.of(
                                        "rule",
                                        grant.rule().name(),
                                        "cost",
                                        grant.cost().toPlainString())));
            }
        }

        void answer(Job job, Duration length, Fallback fallback) {
            Fallback last = told.put(job.id(), fallback);
            remarks.put(job.id(), reason(fallback));
            Instant bound = fallback.bound();
            switch (fallback.answer()) {
                case STAYS -> {
                    if (bound != null && bound.isAfter(now)) {
                        lookAgain(bound);
                    }
                }
                case GRANTED -> {
                    BigDecimal cost = fallback.cost();
                    granted.merge(job.team(), cost, BigDecimal::add);
                    grants.add(new OnDemandStore.Grant(
                            job.id(),
                            job.attempt() + 1,
                            job.team(),
                            cost,
                            length,
                            Objects.requireNonNull(fallback.rule())));
                    waits.put(job.id(), world.wait(job.id()).fallenBack());
                    events.add(event(job, fallback));
                }
                case REFUSED -> {
                    if (last == null || last.answer() != Fallback.Answer.REFUSED) {
                        events.add(event(job, fallback));
                    }
                    lookAgain(now.plus(AGAIN));
                }
            }
        }

        private void lookAgain(Instant then) {
            again = again == null || then.isBefore(again) ? then : again;
        }

        private Event event(Job job, Fallback fallback) {
            return new Event(
                            now,
                            EventType.FELL_BACK,
                            Steps.ACTOR,
                            job.team(),
                            job.id(),
                            job.spec().name(),
                            null,
                            null,
                            fallback.answer().name(),
                            Why.of(reason(fallback)))
                    .in(job.spec().set());
        }

        void write() {
            if (!events.isEmpty()) {
                store.write(leader.epoch(), grants, waits, events, now);
                waits.forEach(world::remember);
            }
        }

        Look look() {
            return new Look(grants.size(), Map.copyOf(remarks), again);
        }
    }

    private static Reason reason(Fallback fallback) {
        return new Reason(
                ReasonCode.SPOT_FIRST,
                fallback.message(),
                fallback.answer() == Fallback.Answer.REFUSED
                        ? "Give it a maxRunTime, ask for less, or have its team's onDemandBudget, or the policy's onDemand.budget, raised."
                        : null,
                fallback.numbers());
    }
}
