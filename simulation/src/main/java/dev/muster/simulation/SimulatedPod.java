package dev.muster.simulation;

import dev.muster.cluster.PodEnd;
import dev.muster.cluster.PodPhase;
import dev.muster.cluster.PodRef;
import dev.muster.cluster.PodStatus;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import dev.muster.simulation.placement.Seat;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One pod; its phase only moves on. Changed only by {@link World}. */
final class SimulatedPod {
    private final PodRef ref;
    private final Crew crew;
    private final PoolName pool;
    private PodPhase phase = PodPhase.PENDING;
    private @Nullable NodeName node;
    private @Nullable Seat seat;
    private @Nullable Instant boundAt;
    private @Nullable Instant startedAt;
    private @Nullable Instant endedAt;
    private @Nullable Integer exitCode;
    private @Nullable PodEnd cause;
    private String message = "";
    private boolean local;

    SimulatedPod(PodRef ref, Crew crew, PoolName pool) {
        this.ref = ref;
        this.crew = crew;
        this.pool = pool;
    }

    PodRef ref() {
        return ref;
    }

    Crew crew() {
        return crew;
    }

    PoolName pool() {
        return pool;
    }

    /** True where the pod is a process of this machine. */
    boolean local() {
        return local;
    }

    boolean ended() {
        return phase.isFinal();
    }

    boolean pending() {
        return phase == PodPhase.PENDING;
    }

    @Nullable
    NodeName node() {
        return node;
    }

    @Nullable
    Instant boundAt() {
        return boundAt;
    }

    void bind(NodeName to, @Nullable Seat taken, Instant at, boolean asProcess) {
        node = to;
        seat = taken;
        boundAt = at;
        local = asProcess;
    }

    void start(Instant at) {
        phase = PodPhase.RUNNING;
        startedAt = at;
    }

    /** Ends the pod and hands back the seat that is now free, if it had one. */
    @Nullable
    Seat end(PodPhase how, Instant at, @Nullable Integer code, PodEnd why, String text) {
        phase = how;
        endedAt = at;
        exitCode = code;
        cause = why;
        message = text;
        Seat free = seat;
        seat = null;
        return free;
    }

    /** What of this pod does not follow from when it was bound. */
    void retell(Consumer<Fact> to) {
        if (local && startedAt != null) {
            to.accept(new Fact.Began(startedAt, ref));
        }
        if (endedAt != null && cause != null) {
            to.accept(new Fact.Finished(endedAt, ref, phase, startedAt, exitCode, cause, message));
        }
    }

    PodStatus status() {
        return new PodStatus(ref, phase, pool, node, startedAt, endedAt, exitCode, cause, message);
    }
}
