package dev.muster.cli.replay;

import dev.muster.api.Job;
import dev.muster.api.JobStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the jobs of a replay say about themselves when all is over. */
final class Figures {
    private final List<Long> waits = new ArrayList<>();
    private final TreeMap<String, Integer> states = new TreeMap<>();
    private double podMillis;
    private @Nullable Instant first;
    private @Nullable Instant last;
    private int jobs;
    private int launchedAgain;

    void add(Job job) {
        JobStatus status = job.status();
        if (status == null) {
            return;
        }
        jobs++;
        states.merge(status.state(), 1, Integer::sum);
        Instant queued = status.queuedAt() == null ? status.submittedAt() : status.queuedAt();
        first = first == null || queued.isBefore(first) ? queued : first;
        if (status.attempt() != null && status.attempt() > 1) {
            launchedAgain++;
        }
        if (status.startedAt() != null) {
            waits.add(Duration.between(queued, status.startedAt()).toMillis());
        }
        if (status.startedAt() != null && status.finishedAt() != null) {
            last = last == null || status.finishedAt().isAfter(last) ? status.finishedAt() : last;
            int pods = job.spec().roles().stream()
                    .mapToInt(role -> role.count() == null ? 1 : role.count())
                    .sum();
            podMillis += (double) pods
                    * Duration.between(status.startedAt(), status.finishedAt()).toMillis();
        }
    }

    int jobs() {
        return jobs;
    }

    int in(String state) {
        return states.getOrDefault(state, 0);
    }

    /** Jobs that needed more than one attempt. */
    int launchedAgain() {
        return launchedAgain;
    }

    Duration makespan() {
        return first == null || last == null ? Duration.ZERO : Duration.between(first, last);
    }

    /** Of {@code capacity} pods at once, over the makespan: 0 to 1. */
    double utilisation(double capacity) {
        double room = capacity * makespan().toMillis();
        return room <= 0 ? 0 : podMillis / room;
    }

    Duration meanWait() {
        return waits.isEmpty()
                ? Duration.ZERO
                : Duration.ofMillis(Math.round(
                        waits.stream().mapToLong(Long::longValue).average().orElse(0)));
    }

    /** Nearest rank: the least wait that {@code percent} of the jobs do not exceed. */
    Duration wait(int percent) {
        if (waits.isEmpty()) {
            return Duration.ZERO;
        }
        Collections.sort(waits);
        int rank = (int) Math.ceil(percent / 100.0 * waits.size());
        return Duration.ofMillis(waits.get(Math.max(1, rank) - 1));
    }
}
