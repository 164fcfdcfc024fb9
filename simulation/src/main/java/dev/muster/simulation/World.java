package dev.muster.simulation;

import dev.muster.cluster.ElasticPod;
import dev.muster.cluster.GangStatus;
import dev.muster.cluster.PodRef;
import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.node.Node;
import dev.muster.simulation.placement.BinpackWeights;
import dev.muster.simulation.placement.Floor;
import dev.muster.simulation.placement.Placement;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Nodes, gangs and what is to come, as they follow from the facts. The same facts make the same world, on the day and when
 * the journal is read again. Not safe for several threads.
 */
final class World implements Fact.Reader {
    private final Floor floor;
    private final Agenda agenda = new Agenda();
    private final Backlog backlog;
    private final Fleet fleet;
    private final Map<AttemptId, SimulatedGang> gangs = new LinkedHashMap<>();
    private final Changes changes = new Changes();
    private final Lives lives;
    private final History history = new History();
    private Instant now = Instant.MIN;

    World(BinpackWeights weights) {
        floor = new Floor(weights);
        backlog = new Backlog(floor);
        lives = new Lives(floor, agenda, changes, this::gone);
        fleet = new Fleet(floor, agenda, lives::empty);
    }

    /** Time passes to the fact, what is due happens, then the fact is so. */
    void apply(Fact fact) {
        passTo(fact.at());
        fact.to(this);
    }

    /** Lets everything happen that is due until {@code instant}; true if anything was. */
    boolean passTo(Instant instant) {
        boolean happened = false;
        for (Optional<Instant> next = agenda.next();
                next.isPresent() && !next.get().isAfter(instant);
                next = agenda.next()) {
            now = next.get().isAfter(now) ? next.get() : now;
            agenda.happen();
            happened = true;
        }
        now = instant.isAfter(now) ? instant : now;
        return happened;
    }

    Instant now() {
        return now;
    }

    Optional<Instant> nextEvent() {
        return agenda.next();
    }

    Changes changes() {
        return changes;
    }

    Map<AttemptId, SimulatedGang> gangs() {
        return gangs;
    }

    Fleet fleet() {
        return fleet;
    }

    List<Node> nodes() {
        return floor.nodes();
    }

    Optional<GangStatus> status(AttemptId attempt) {
        return Optional.ofNullable(gangs.get(attempt)).map(gang -> gang.status(backlog.message(gang.party())));
    }

    /** The pod, also one that is gone while the history remembers it. */
    @Nullable
    SimulatedPod pod(PodRef ref) {
        SimulatedGang gang = gangs.get(ref.attempt());
        return gang != null ? gang.pod(ref) : history.pod(ref);
    }

    /** Finds room for gangs that wait and hands {@code commit} the facts of those that have it. */
    void bindWaiting(Consumer<Fact> commit) {
        backlog.retry((party, placement) -> commit.accept(bind(party, placement)));
    }

    private Fact bind(Party party, Placement.Fits placement) {
        Set<PoolName> local = new HashSet<>();
        for (SimulatedPool pool : fleet.pools()) {
            if (pool.localProcesses()
                    && party.demands().stream().anyMatch(demand -> demand.pool().equals(pool.name()))) {
                local.add(pool.name());
            }
        }
        SimulatedGang gang = party.gang();
        return party == gang.party()
                ? new Fact.Bound(now, gang.id(), placement.nodes(), local)
                : new Fact.Seated(
                        now, party.pods().get(0).ref(), placement.nodes().get(0), !local.isEmpty());
    }

    /** Facts from which this world follows: the same but for gangs that are gone. */
    void retell(Consumer<Fact> to) {
        fleet.retell(now, to);
        gangs.values().forEach(gang -> gang.retell(to));
        to.accept(new Fact.Passed(now));
    }

    @Override
    public void declared(Fact.Declared fact) {
        fleet.declare(fact);
        changes.nodes();
    }

    @Override
    public void marked(Fact.Marked fact) {
        fleet.mark(fact);
        changes.nodes();
    }

    @Override
    public void launched(Fact.Launched fact) {
        SimulatedGang gang = new SimulatedGang(fact.gang(), fact.at());
        if (gangs.putIfAbsent(gang.id(), gang) == null) {
            backlog.add(gang.party());
            changes.attempt(gang.id());
        }
    }

    @Override
    public void bound(Fact.Bound fact) {
        SimulatedGang gang = gangs.get(fact.attempt());
        if (gang == null || gang.boundAt() != null) {
            return;
        }
        backlog.remove(gang.party());
        gang.bound(fact.at());
        int next = 0;
        for (Crew crew : gang.crews()) {
            for (SimulatedPod pod : crew.pods()) {
                lives.bind(
                        pod, fact.nodes().get(next++), fact.at(), fact.local().contains(pod.pool()));
            }
            lives.foresee(crew, fact.at());
        }
        gang.elastic().stream()
                .filter(party -> !SimulatedGang.crew(party).leaves())
                .forEach(backlog::add);
        changes.attempt(gang.id());
    }

    @Override
    public void grown(Fact.Grown fact) {
        SimulatedGang gang = gangs.get(fact.attempt());
        if (gang == null || gang.releasedAt() != null) {
            return;
        }
        for (ElasticPod pod : fact.pods()) {
            if (gang.pod(pod.of(gang.id())) == null) {
                Party party = gang.grow(pod, fact.at());
                if (gang.boundAt() != null) {
                    backlog.add(party);
                }
            }
        }
        changes.attempt(gang.id());
    }

    @Override
    public void replaced(Fact.Replaced fact) {
        SimulatedGang gang = gangs.get(fact.attempt());
        if (gang == null || gang.boundAt() == null || gang.releasedAt() != null) {
            return;
        }
        for (ElasticPod pod : fact.pods()) {
            SimulatedPod before = gang.pod(pod.of(gang.id()));
            if (before != null && before.ended()) {
                backlog.add(gang.replace(pod, fact.at()));
            }
        }
        changes.attempt(gang.id());
    }

    @Override
    public void seated(Fact.Seated fact) {
        SimulatedGang gang = gangs.get(fact.pod().attempt());
        Party party = gang == null ? null : gang.elastic(fact.pod());
        SimulatedPod pod = party == null ? null : party.pods().get(0);
        if (pod == null || pod.boundAt() != null || pod.ended()) {
            return;
        }
        backlog.remove(party);
        lives.bind(pod, fact.node(), fact.at(), fact.local());
        lives.foresee(pod.crew(), fact.at());
        changes.attempt(fact.pod().attempt());
    }

    @Override
    public void shrunk(Fact.Shrunk fact) {
        SimulatedGang gang = gangs.get(fact.attempt());
        if (gang == null) {
            return;
        }
        for (PodRef ref : fact.pods()) {
            Party party = gang.elastic(ref);
            if (party != null && !SimulatedGang.crew(party).leaves()) {
                SimulatedGang.crew(party).shrunk(fact.at());
                backlog.remove(party);
                lives.stop(SimulatedGang.crew(party), fact.at());
            }
        }
        changes.attempt(gang.id());
    }

    private void gone(SimulatedGang gang) {
        if (gangs.remove(gang.id(), gang)) {
            history.add(gang);
            changes.gone(gang);
            changes.attempt(gang.id());
        }
    }

    @Override
    public void released(Fact.Released fact) {
        SimulatedGang gang = gangs.get(fact.attempt());
        if (gang == null || gang.releasedAt() != null) {
            return;
        }
        gang.released(fact.at());
        backlog.remove(gang.party());
        gang.elastic().forEach(backlog::remove);
        changes.attempt(gang.id());
        gang.allCrews().toList().forEach(crew -> lives.stop(crew, fact.at()));
    }

    @Override
    public void began(Fact.Began fact) {
        SimulatedPod pod = live(fact.pod());
        if (pod != null) {
            pod.start(fact.at());
            changes.attempt(fact.pod().attempt());
        }
    }

    @Override
    public void finished(Fact.Finished fact) {
        SimulatedPod pod = live(fact.pod());
        if (pod != null) {
            if (fact.startedAt() != null) {
                pod.start(fact.startedAt());
            }
            lives.end(pod, fact.phase(), fact.at(), fact.exitCode(), fact.cause(), fact.message());
            lives.settle(pod.crew());
        }
    }

    private @Nullable SimulatedPod live(PodRef ref) {
        SimulatedGang gang = gangs.get(ref.attempt());
        SimulatedPod pod = gang == null ? null : gang.pod(ref);
        return pod == null || pod.ended() ? null : pod;
    }

    @Override
    public void passed(Fact.Passed fact) {
        // The time that passed was all.
    }
}
