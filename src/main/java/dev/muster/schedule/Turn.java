package dev.muster.schedule;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Whose turn it is among the open runs of a schedule: which start, which are left out and why, which give way. */
public record Turn(List<Run> start, List<Run> leftOut, List<Run> cancel) {
    /** Most runs that wait for others. */
    static final int MOST_WAITING = 1_000;

    public Turn {
        start = List.copyOf(start);
        leftOut = List.copyOf(leftOut);
        cancel = List.copyOf(cancel);
    }

    /** {@code open} in the order of their ticks. While it is {@code paused} what is asked for by hand, and backfills, go on. */
    public static Turn of(
            Schedule schedule, boolean paused, List<Run> open, Collection<Backfill> backfills, Instant now) {
        List<Run> start = new ArrayList<>();
        List<Run> leftOut = new ArrayList<>();
        List<Run> running = open.stream()
                .filter(run -> run.origin() != Origin.BACKFILL && run.state() == RunState.STARTED)
                .toList();
        List<Run> waiting = new ArrayList<>();
        Ticks ticks = new Ticks(schedule);
        for (Run run : open) {
            if (run.origin() == Origin.BACKFILL || run.state() != RunState.WAITING) {
                continue;
            }
            if (ticks.isTooLate(run, now)) {
                leftOut.add(run.skipped(ticks.tooLate()));
            } else if (!paused || run.origin() == Origin.HAND) {
                waiting.add(run);
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
                    waiting.forEach(run -> leftOut.add(run.skipped("a later run took its place")));
                    cancel = running;
                    if (!busy) {
                        start.add(newest);
                    }
                }
            }
        }
        backfills.forEach(backfill -> start.addAll(ofBackfill(backfill, open)));
        return new Turn(start, leftOut, cancel);
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
