package dev.muster.postgres;

import dev.muster.simulation.measure.ClassWait;
import dev.muster.simulation.measure.Measure;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The recorded load of some span of time, once more under the policy that was in force when it was asked for ({@code inForce}, its
 * {@code revision}) and under another one ({@code tried}). {@code percent} of it is done; {@code trouble} says why it failed.
 */
public record Rehearsal(
        String id,
        State state,
        SortedMap<String, String> inForce,
        long revision,
        SortedMap<String, String> tried,
        Instant from,
        Instant to,
        String actor,
        Instant askedAt,
        int percent,
        @Nullable String trouble,
        @Nullable Result result) {
    /** Where it stands. */
    public enum State {
        WAITING,
        RUNNING,
        DONE,
        FAILED,
        CANCELLED;

        /** It will be computed, or is. */
        public boolean isOpen() {
            return this == WAITING || this == RUNNING;
        }
    }

    /** What came of it; {@code remarks} say how it is not quite what was. */
    public record Result(List<String> remarks, Side inForce, Side tried) {}

    /** What one policy did. */
    public record Side(Map<Measure, Double> figures, List<ClassWait> waits, List<Point> course) {}

    /** How many jobs waited, and what share of the nodes' hours was used, so many hours after the beginning. */
    public record Point(double hours, int waiting, double used) {}

    Rehearsal with(State next, int done) {
        return new Rehearsal(id, next, inForce, revision, tried, from, to, actor, askedAt, done, trouble, result);
    }

    public Rehearsal done(Result outcome) {
        return new Rehearsal(id, State.DONE, inForce, revision, tried, from, to, actor, askedAt, 100, null, outcome);
    }

    public Rehearsal failed(String why) {
        return new Rehearsal(id, State.FAILED, inForce, revision, tried, from, to, actor, askedAt, percent, why, null);
    }
}
