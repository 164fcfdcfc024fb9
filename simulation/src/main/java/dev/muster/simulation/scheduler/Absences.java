package dev.muster.simulation.scheduler;

import dev.muster.quota.name.JobId;
import dev.muster.quota.name.PoolName;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Which jobs stay away from which pools, and until when: those whose nodes did not come, longer each time. */
final class Absences {
    private static final long FIRST_SECONDS = 30;
    private static final int DOUBLED_AT_MOST = 6;

    private final Map<JobId, Integer> times = new HashMap<>();
    private final Map<JobId, Map<PoolName, Instant>> until = new HashMap<>();

    /** Once more it was released for want of nodes of these pools. */
    void add(JobId job, Collection<PoolName> pools, Instant now) {
        int before = times.merge(job, 1, Integer::sum) - 1;
        Instant back = now.plusSeconds(FIRST_SECONDS << Math.min(before, DOUBLED_AT_MOST));
        Map<PoolName, Instant> away = new HashMap<>(of(job));
        away.values().removeIf(time -> !time.isAfter(now));
        pools.forEach(pool -> away.put(pool, back));
        until.put(job, away);
    }

    Map<PoolName, Instant> of(JobId job) {
        return until.getOrDefault(job, Map.of());
    }

    /** It got its nodes: the next time it is the first again. */
    void forgive(JobId job) {
        times.remove(job);
    }

    void forget(JobId job) {
        times.remove(job);
        until.remove(job);
    }

    /** When the first of them may come back; {@link Instant#MAX} where nobody is away. */
    Instant firstBack(Instant now) {
        Instant first = Instant.MAX;
        for (Map<PoolName, Instant> away : until.values()) {
            for (Instant time : away.values()) {
                first = time.isAfter(now) && time.isBefore(first) ? time : first;
            }
        }
        return first;
    }
}
