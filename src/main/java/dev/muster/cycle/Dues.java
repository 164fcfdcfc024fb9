package dev.muster.cycle;

import dev.muster.quota.name.JobId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** When time alone makes a job worth a look: at most one instant for each job. Not safe for several threads. */
final class Dues {
    private final TreeMap<Instant, TreeSet<JobId>> byTime = new TreeMap<>();
    private final Map<JobId, Instant> byJob = new HashMap<>();

    /** Looks at the job at {@code at}, and not at the time said before; null: time alone changes nothing. */
    void set(JobId job, @Nullable Instant at) {
        Instant before = at == null ? byJob.remove(job) : byJob.put(job, at);
        if (before != null && !before.equals(at)) {
            TreeSet<JobId> others = byTime.get(before);
            others.remove(job);
            if (others.isEmpty()) {
                byTime.remove(before);
            }
        }
        if (at != null) {
            byTime.computeIfAbsent(at, time -> new TreeSet<>()).add(job);
        }
    }

    /** Takes out the jobs that are due at {@code now}, the earliest first. */
    List<JobId> take(Instant now) {
        List<JobId> due = new ArrayList<>();
        while (!byTime.isEmpty() && !byTime.firstKey().isAfter(now)) {
            due.addAll(byTime.pollFirstEntry().getValue());
        }
        due.forEach(byJob::remove);
        return due;
    }

    Optional<Instant> next() {
        return byTime.isEmpty() ? Optional.empty() : Optional.of(byTime.firstKey());
    }

    void clear() {
        byTime.clear();
        byJob.clear();
    }
}
