package dev.muster.simulation;

import dev.muster.cluster.ElasticPod;
import dev.muster.cluster.Gang;
import dev.muster.cluster.GangStatus;
import dev.muster.cluster.PodRef;
import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.RoleName;
import dev.muster.simulation.placement.Demand;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One attempt as the cluster knows it. Changed only by {@link World}. */
final class SimulatedGang {
    private final Gang gang;
    private final Instant launchedAt;
    private final List<Crew> crews = new ArrayList<>();
    private final Map<PodRef, Party> elastic = new LinkedHashMap<>();
    private final Party party;
    private @Nullable Instant boundAt;
    private @Nullable Instant releasedAt;

    SimulatedGang(Gang gang, Instant launchedAt) {
        this.gang = gang;
        this.launchedAt = launchedAt;
        gang.members().forEach(member -> crews.add(Crew.of(this, member)));
        this.party = new Party(
                this,
                Demand.of(gang),
                crews.stream().flatMap(crew -> crew.pods().stream()).toList());
    }

    Gang gang() {
        return gang;
    }

    AttemptId id() {
        return gang.id();
    }

    /** The pods of its minimum, role by role, which are bound together. */
    Party party() {
        return party;
    }

    /** One crew for each role, without what it grew. */
    List<Crew> crews() {
        return crews;
    }

    /** All crews: one for each role, and one for each pod that it grew or that was made again, and that is not gone. */
    Stream<Crew> allCrews() {
        return Stream.concat(crews.stream(), elastic.values().stream().map(SimulatedGang::crew));
    }

    /** Pods that it grew or that were made again, each for itself, also those that are gone. */
    Collection<Party> elastic() {
        return elastic.values();
    }

    @Nullable
    Party elastic(PodRef ref) {
        return elastic.get(ref);
    }

    /** One more pod; the one that is known by that name where there is one. */
    Party grow(ElasticPod pod, Instant at) {
        return elastic.computeIfAbsent(
                pod.of(gang.id()),
                ref -> new Party(
                        this, List.of(Demand.of(pod)), Crew.of(this, pod, at).pods()));
    }

    /** A pod of its own once more, in place of the one by that name. */
    Party replace(ElasticPod pod, Instant at) {
        Party party =
                new Party(this, List.of(Demand.of(pod)), Crew.of(this, pod, at).pods());
        elastic.put(pod.of(gang.id()), party);
        return party;
    }

    /** One of those that it cannot do without, be it there for the first time or again. */
    boolean isOwn(PodRef ref) {
        Crew own = ownCrew(ref.role());
        return own != null && ref.index() >= 0 && ref.index() < own.pods().size();
    }

    /** What to make in place of that pod of its own; empty where it is not lost, or was a process, which runs but once. */
    Optional<ElasticPod> lost(PodRef ref) {
        SimulatedPod pod = isOwn(ref) ? pod(ref) : null;
        return pod == null || pod.local() || !pod.status().isLost()
                ? Optional.empty()
                : Optional.of(new ElasticPod(
                        ref.role(), ref.index(), pod.pool(), pod.crew().template()));
    }

    static Crew crew(Party elastic) {
        return elastic.pods().get(0).crew();
    }

    /** The crew that works on the same as one that was grown; null where the role has none of its own. */
    @Nullable
    Crew ownCrew(RoleName role) {
        return crews.stream()
                .filter(crew -> crew.role().equals(role))
                .findFirst()
                .orElse(null);
    }

    Instant launchedAt() {
        return launchedAt;
    }

    @Nullable
    Instant boundAt() {
        return boundAt;
    }

    void bound(Instant at) {
        boundAt = at;
    }

    @Nullable
    Instant releasedAt() {
        return releasedAt;
    }

    void released(Instant at) {
        releasedAt = at;
    }

    /** True where it was released and no pod is left: the cluster forgets it. */
    boolean gone() {
        return releasedAt != null && (boundAt == null || allCrews().allMatch(Crew::ended));
    }

    GangStatus status(String message) {
        return new GangStatus(gang.id(), pods().map(SimulatedPod::status).toList(), message);
    }

    /** All but those that were shrunk away, in the order of roles and numbers. */
    private Stream<SimulatedPod> pods() {
        Stream<SimulatedPod> own = party.pods().stream();
        if (elastic.isEmpty()) {
            return own;
        }
        List<RoleName> roles = allCrews().map(Crew::role).distinct().toList();
        return Stream.concat(
                        own.filter(pod -> !elastic.containsKey(pod.ref())),
                        elastic.values().stream()
                                .map(SimulatedGang::crew)
                                .filter(crew -> !crew.vanished())
                                .flatMap(crew -> crew.pods().stream()))
                .sorted(Comparator.comparingInt(
                                (SimulatedPod pod) -> roles.indexOf(pod.ref().role()))
                        .thenComparing(pod -> pod.ref().index()));
    }

    @Nullable
    SimulatedPod pod(PodRef ref) {
        Party grown = elastic.get(ref);
        if (grown != null) {
            return grown.pods().get(0);
        }
        return isOwn(ref) ? Objects.requireNonNull(ownCrew(ref.role())).pods().get(ref.index()) : null;
    }

    /** The facts of this gang in the order in which they happened, but for pods that it shrank away. */
    void retell(Consumer<Fact> to) {
        to.accept(new Fact.Launched(launchedAt, gang));
        if (boundAt != null) {
            List<SimulatedPod> pods = party.pods();
            Set<PoolName> local = pods.stream()
                    .filter(SimulatedPod::local)
                    .map(SimulatedPod::pool)
                    .collect(Collectors.toSet());
            to.accept(new Fact.Bound(
                    boundAt,
                    gang.id(),
                    pods.stream().map(pod -> Objects.requireNonNull(pod.node())).toList(),
                    local));
        }
        List<Fact> lives = new ArrayList<>();
        Map<Boolean, List<Crew>> again = elastic.values().stream()
                .map(SimulatedGang::crew)
                .filter(crew -> !crew.vanished())
                .collect(Collectors.partitioningBy(crew -> !crew.isElastic()));
        again.get(false).forEach(crew -> retell(crew, lives::add));
        party.pods().forEach(pod -> pod.retell(lives::add));
        // Each after the end of the one whose place it takes, which may have been in the same instant.
        again.get(true).forEach(crew -> retell(crew, lives::add));
        if (releasedAt != null) {
            lives.add(new Fact.Released(releasedAt, gang.id()));
        }
        lives.sort(Comparator.comparing(Fact::at));
        lives.forEach(to);
    }

    private void retell(Crew grown, Consumer<Fact> to) {
        SimulatedPod pod = grown.pods().get(0);
        AttemptId attempt = pod.ref().attempt();
        ElasticPod asked = new ElasticPod(grown.role(), pod.ref().index(), pod.pool(), grown.template());
        Instant madeAt = Objects.requireNonNull(grown.madeAt());
        to.accept(
                grown.isElastic()
                        ? new Fact.Grown(madeAt, attempt, List.of(asked))
                        : new Fact.Replaced(madeAt, attempt, List.of(asked)));
        NodeName node = pod.node();
        Instant boundAt = pod.boundAt();
        if (node != null && boundAt != null) {
            to.accept(new Fact.Seated(boundAt, pod.ref(), node, pod.local()));
        }
        pod.retell(to);
        Instant shrunkAt = grown.shrunkAt();
        if (shrunkAt != null) {
            to.accept(new Fact.Shrunk(shrunkAt, attempt, List.of(pod.ref())));
        }
    }
}
