package dev.muster.simulation;

import dev.muster.cluster.Gang;
import dev.muster.cluster.GangStatus;
import dev.muster.cluster.PodRef;
import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.PoolName;
import dev.muster.simulation.placement.Demand;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One attempt as the cluster knows it. Changed only by {@link World}. */
final class SimulatedGang {
    private final Gang gang;
    private final Instant launchedAt;
    private final List<Demand> demands;
    private final List<Crew> crews = new ArrayList<>();
    private @Nullable Instant boundAt;
    private @Nullable Instant releasedAt;

    SimulatedGang(Gang gang, Instant launchedAt) {
        this.gang = gang;
        this.launchedAt = launchedAt;
        this.demands = Demand.of(gang);
        gang.members().forEach(member -> crews.add(new Crew(this, member)));
    }

    Gang gang() {
        return gang;
    }

    AttemptId id() {
        return gang.id();
    }

    List<Demand> demands() {
        return demands;
    }

    List<Crew> crews() {
        return crews;
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
        return releasedAt != null && (boundAt == null || crews.stream().allMatch(Crew::ended));
    }

    GangStatus status(String message) {
        return new GangStatus(
                gang.id(),
                crews.stream()
                        .flatMap(crew -> crew.pods().stream())
                        .map(SimulatedPod::status)
                        .toList(),
                message);
    }

    @Nullable
    SimulatedPod pod(PodRef ref) {
        return crews.stream()
                .filter(crew -> crew.member().role().equals(ref.role()))
                .flatMap(crew ->
                        crew.pods().stream().skip(Math.max(0, ref.index())).limit(1))
                .filter(pod -> pod.ref().equals(ref))
                .findFirst()
                .orElse(null);
    }

    /** The facts of this gang in the order in which they happened. */
    void retell(Consumer<Fact> to) {
        to.accept(new Fact.Launched(launchedAt, gang));
        if (boundAt != null) {
            List<SimulatedPod> pods =
                    crews.stream().flatMap(crew -> crew.pods().stream()).toList();
            Set<PoolName> local = pods.stream()
                    .filter(SimulatedPod::local)
                    .map(SimulatedPod::pool)
                    .collect(Collectors.toSet());
            to.accept(new Fact.Bound(
                    boundAt,
                    gang.id(),
                    pods.stream().map(pod -> Objects.requireNonNull(pod.node())).toList(),
                    local));
            List<Fact> lives = new ArrayList<>();
            pods.forEach(pod -> pod.retell(lives::add));
            if (releasedAt != null) {
                lives.add(new Fact.Released(releasedAt, gang.id()));
            }
            lives.sort(Comparator.comparing(Fact::at));
            lives.forEach(to);
        }
    }

    /** The pods of one role; they live alike, so one entry of the agenda moves them all. */
    static final class Crew {
        private final SimulatedGang gang;
        private final Gang.Member member;
        private final Life life;
        private final List<SimulatedPod> pods = new ArrayList<>();
        private final List<Agenda.Entry> agenda = new ArrayList<>();
        private int open;

        Crew(SimulatedGang gang, Gang.Member member) {
            this.gang = gang;
            this.member = member;
            this.life = Life.of(member.template().annotations());
            member.pools().forEach((pool, count) -> {
                for (int i = 0; i < count; i++) {
                    pods.add(new SimulatedPod(new PodRef(gang.id(), member.role(), pods.size()), this, pool));
                }
            });
            open = pods.size();
        }

        SimulatedGang gang() {
            return gang;
        }

        Gang.Member member() {
            return member;
        }

        Life life() {
            return life;
        }

        List<SimulatedPod> pods() {
            return pods;
        }

        /** Entries to come; they fall away when the last pod has ended. */
        List<Agenda.Entry> agenda() {
            return agenda;
        }

        /** Counts a pod that ended. */
        void oneEnded() {
            open--;
        }

        boolean ended() {
            return open == 0;
        }
    }
}
