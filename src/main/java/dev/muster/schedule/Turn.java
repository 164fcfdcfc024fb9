package dev.muster.schedule;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whose turn it is among the open runs of a schedule: which start, which are left out and why, which give way, which wait for runs of other
 * schedules, and for which.
 */
public record Turn(List<Run> start, List<Run> leftOut, List<Run> cancel, List<Run> heldBack) {
    /** Most runs that wait for others. */
    static final int MOST_WAITING = 1_000;

    public Turn {
        start = List.copyOf(start);
        leftOut = List.copyOf(leftOut);
        cancel = List.copyOf(cancel);
        heldBack = List.copyOf(heldBack);
    }

    /** {@code open} in the order of their ticks. While it is {@code paused} what is asked for by hand, and backfills, go on. */
    public static Turn of(
            Schedule schedule,
            boolean paused,
            List<Run> open,
            Collection<Backfill> backfills,
            Inputs inputs,
            Instant now) {
        List<Run> start = new ArrayList<>();
        List<Run> leftOut = new ArrayList<>();
        List<Run> running = open.stream()
                .filter(run -> run.origin() != Origin.BACKFILL && run.state() == RunState.STARTED)
                .toList();
        List<Run> waiting = new ArrayList<>();
        List<Run> heldBack = new ArrayList<>();
        Ticks ticks = new Ticks(schedule);
        for (Run run : open) {
            if (run.origin() == Origin.BACKFILL || run.state() != RunState.WAITING) {
                continue;
            }
            if (ticks.isTooLate(run, now)) {
                leftOut.add(run.skipped(ticks.tooLate() + (run.why() == null ? "" : ": it " + run.why())));
            } else if (!paused || run.origin() == Origin.HAND) {
                Optional<String> missing = inputs.missing(schedule, run);
                missing.ifPresent(why -> heldBack.add(run.waitingBecause(why)));
                // Where each runs in its turn nobody passes one that is held back.
                boolean passes = schedule.concurrency() != Concurrency.QUEUE
                        || heldBack.isEmpty()
                        || run.origin() == Origin.HAND;
                if (missing.isEmpty() && passes) {
                    waiting.add(run);
                }
            }
        }
        boolean busy = !running.isEmpty();
        List<Run> cancel = List.of();
        switch (schedule.concurrency()) {
            case ALLOW -> start.addAll(waiting);
            case FORBID -> first(waiting, busy, start, leftOut);
            case QUEUE -> {
                if (!busy && !waiting.isEmpty()) {
                    start.add(waiting.remove(0));
                }
                waiting.stream()
                        .skip(MOST_WAITING)
                        .forEach(run -> leftOut.add(run.skipped("%d runs wait already".formatted(MOST_WAITING))));
            }
            case REPLACE -> {
                if (!waiting.isEmpty()) {
                    Run newest = waiting.remove(waiting.size() - 1);
                    List<Run> older = heldBack.stream()
                            .filter(run -> run.tick().isBefore(newest.tick()))
                            .toList();
                    heldBack.removeAll(older);
                    Stream.concat(waiting.stream(), older.stream())
                            .forEach(run -> leftOut.add(run.skipped("a later run took its place")));
                    cancel = running;
                    if (!busy) {
                        start.add(newest);
                    }
                }
            }
        }
        heldBack.stream()
                .skip(MOST_WAITING)
                .forEach(run -> leftOut.add(run.skipped("%d runs wait already".formatted(MOST_WAITING))));
        List<Run> ready = open.stream()
                .filter(run -> run.origin() != Origin.BACKFILL
                        || run.state() != RunState.WAITING
                        || inputs.missing(schedule, run)
                                .map(why -> heldBack.add(run.waitingBecause(why)))
                                .isEmpty())
                .toList();
        backfills.forEach(backfill -> start.addAll(ofBackfill(backfill, ready)));
        return new Turn(start, leftOut, cancel, heldBack);
    }

    private static void first(List<Run> waiting, boolean busy, List<Run> start, List<Run> leftOut) {
        boolean taken = busy;
        for (Run run : waiting) {
            if (taken) {
                leftOut.add(run.skipped("the run before it had not ended"));
            } else {
                start.add(run);
                taken = true;
            }
        }
    }

    private static List<Run> ofBackfill(Backfill backfill, List<Run> open) {
        Map<RunState, List<Run>> own = open.stream()
                .filter(run -> run.origin() == Origin.BACKFILL && run.number() == backfill.number())
                .collect(Collectors.groupingBy(Run::state));
        List<Run> waiting = new ArrayList<>(own.getOrDefault(RunState.WAITING, List.of()));
        if (backfill.newestFirst()) {
            Collections.reverse(waiting);
        }
        int room = backfill.maxParallel()
                - own.getOrDefault(RunState.STARTED, List.of()).size();
        return waiting.subList(0, Math.max(0, Math.min(room, waiting.size())));
    }
}
