package dev.muster.simulation;

import dev.muster.cluster.PodEnd;
import dev.muster.cluster.PodPhase;
import dev.muster.quota.name.NodeName;
import dev.muster.simulation.placement.Floor;
import dev.muster.simulation.placement.Seat;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How pods live: on which node, from when, until when, and what they end with. Those that are simulated go by the agenda, those
 * that are processes by what is said of them. Not safe for several threads.
 */
final class Lives {
    private final Floor floor;
    private final Agenda agenda;
    private final Changes changes;
    private final Consumer<SimulatedGang> gone;
    private final Map<NodeName, Set<SimulatedPod>> podsOn = new HashMap<>();

    /** {@code gone} is told each gang that was released, once nothing of it lives. */
    Lives(Floor floor, Agenda agenda, Changes changes, Consumer<SimulatedGang> gone) {
        this.floor = floor;
        this.agenda = agenda;
        this.changes = changes;
        this.gone = gone;
    }

    void bind(SimulatedPod pod, NodeName node, Instant at, boolean local) {
        pod.bind(node, floor.seat(node, pod.crew().template().resources()), at, local);
        podsOn.computeIfAbsent(node, name -> new LinkedHashSet<>()).add(pod);
        if (local) {
            changes.start(pod);
        }
    }

    /** Notes when the simulated pods of a crew start and end. */
    void foresee(Crew crew, Instant boundAt) {
        if (crew.pods().stream().allMatch(SimulatedPod::local)) {
            return;
        }
        Instant start = boundAt.plus(crew.life().startDelay());
        Instant end = endOf(crew, start);
        crew.agenda().add(agenda.note(start, () -> start(crew, start)));
        crew.agenda().add(agenda.note(end, () -> end(crew, end)));
    }

    /** Who came later works on the same as the gang's own pods of its role, and is done when they are. */
    private static Instant endOf(Crew crew, Instant start) {
        Instant boundAt = crew.gang().boundAt();
        if (crew.isAlone() && boundAt != null && crew.gang().ownCrew(crew.role()) != null) {
            Instant theirs =
                    boundAt.plus(crew.life().startDelay()).plus(crew.life().runTime());
            return theirs.isAfter(start) ? theirs : start;
        }
        return start.plus(crew.life().runTime());
    }

    private void start(Crew crew, Instant at) {
        for (SimulatedPod pod : crew.pods()) {
            if (!pod.local() && !pod.ended()) {
                if (crew.life()
                        .neverStarts(pod.ref().attempt().number(), pod.ref().index())) {
                    fail(crew, pod, at);
                } else {
                    pod.start(at);
                }
                changes.attempt(pod.ref().attempt());
            }
        }
        settle(crew);
    }

    private void end(Crew crew, Instant at) {
        for (SimulatedPod pod : crew.pods()) {
            if (!pod.local() && !pod.ended()) {
                if (crew.life().fails(pod.ref().attempt().number(), pod.ref().index())) {
                    fail(crew, pod, at);
                } else {
                    end(pod, PodPhase.SUCCEEDED, at, 0, PodEnd.EXITED, "");
                }
            }
        }
        settle(crew);
    }

    private void fail(Crew crew, SimulatedPod pod, Instant at) {
        Life life = crew.life();
        PodEnd cause = life.failAs() == null ? PodEnd.EXITED : life.failAs();
        String message = life.fault() == null ? "simulated failure" : life.fault();
        end(
                pod,
                cause == PodEnd.NODE_LOST ? PodPhase.LOST : PodPhase.FAILED,
                at,
                cause == PodEnd.NODE_LOST ? null : (Integer) life.exitCode(),
                cause,
                message);
    }

    /** What is left of the pod's crew has to be {@link #settle}d then. */
    void end(SimulatedPod pod, PodPhase phase, Instant at, @Nullable Integer exitCode, PodEnd cause, String message) {
        Seat free = pod.end(phase, at, exitCode, cause, message);
        if (free != null) {
            floor.leave(free);
        }
        NodeName node = pod.node();
        if (node != null && podsOn.containsKey(node)) {
            podsOn.get(node).remove(pod);
        }
        pod.crew().oneEnded();
        changes.attempt(pod.ref().attempt());
    }

    /** Where a crew has ended nothing is to come; where a released gang has, it is gone. */
    void settle(Crew crew) {
        if (crew.ended()) {
            crew.agenda().forEach(agenda::cancel);
            crew.agenda().clear();
        }
        if (crew.gang().gone()) {
            gone.accept(crew.gang());
        }
    }

    /** Its pods are asked to stop, and have as long as the grace of their gang. */
    void stop(Crew crew, Instant at) {
        Duration asked = crew.life().stopTime();
        Duration grace = crew.gang().gang().grace();
        boolean killed = asked.compareTo(grace) > 0;
        Instant last = at.plus(killed ? grace : asked);
        for (SimulatedPod pod : crew.pods()) {
            if (pod.local() && !pod.ended()) {
                changes.stop(pod);
            } else if (pod.pending()) {
                end(pod, PodPhase.FAILED, at, null, PodEnd.RELEASED, "released before it started");
            }
        }
        if (!crew.ended() && !crew.pods().stream().allMatch(SimulatedPod::local)) {
            crew.agenda().add(agenda.note(last, () -> stopped(crew, last, killed ? 137 : 143)));
        }
        settle(crew);
    }

    private void stopped(Crew crew, Instant at, int exitCode) {
        for (SimulatedPod pod : crew.pods()) {
            if (!pod.local() && !pod.ended()) {
                end(pod, PodPhase.FAILED, at, exitCode, PodEnd.RELEASED, "released");
            }
        }
        settle(crew);
    }

    /** A node is gone, and its pods with it. */
    void empty(Fleet.Gone node) {
        Set<SimulatedPod> pods = podsOn.remove(node.node());
        Set<Crew> touched = new LinkedHashSet<>();
        for (SimulatedPod pod : pods == null ? List.<SimulatedPod>of() : List.copyOf(pods)) {
            touched.add(pod.crew());
            if (pod.local()) {
                changes.stop(pod);
            }
            end(pod, node.phase(), node.at(), node.exitCode(), node.cause(), node.message());
        }
        changes.nodes();
        touched.forEach(this::settle);
    }
}
