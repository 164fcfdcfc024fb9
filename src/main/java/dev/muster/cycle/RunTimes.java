package dev.muster.cycle;

import dev.muster.job.Job;
import dev.muster.job.JobState;
import dev.muster.job.Series;
import dev.muster.postgres.RunTimeStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How long jobs are expected to run: their maxRunTime, which is enforced; where they say none, the longest of the latest runs of
 * their series that succeeded, once there are enough of them. Used by the cycle's thread alone, but for {@link #lookUp}.
 */
@ApplicationScoped
public class RunTimes {
    /** So many runs are looked at, and fewer than the second say nothing. */
    private static final int LATEST = 10;

    private static final int LEAST = 3;
    /** Templates that are kept; then all are looked up again as they come. */
    private static final int MOST_KEPT = 100_000;

    private final RunTimeStore store;
    private final Map<Series, Deque<Duration>> known = new HashMap<>();

    RunTimes(RunTimeStore store) {
        this.store = store;
    }

    void begin() {
        known.clear();
    }

    /** Looks up what is not known yet of these jobs. */
    void learn(Collection<Job> jobs) {
        Set<Series> unknown = new HashSet<>();
        for (Job job : jobs) {
            if (!job.state().isFinal() && job.spec().maxRunTime() == null) {
                Series series = Series.of(job);
                if (!known.containsKey(series)) {
                    unknown.add(series);
                }
            }
        }
        if (unknown.isEmpty()) {
            return;
        }
        if (known.size() + unknown.size() > MOST_KEPT) {
            known.clear();
        }
        unknown.forEach(series -> known.put(series, new ArrayDeque<>()));
        store.latest(unknown, LATEST).forEach((series, runs) -> known.put(series, new ArrayDeque<>(runs)));
    }

    /** Null where nobody knows. */
    @Nullable
    Duration of(Job job) {
        Duration most = job.spec().maxRunTime();
        return most != null ? most : expected(known.get(Series.of(job)));
    }

    /** The same for a job that is not kept, whoever asks: read anew, and not remembered. */
    public Optional<Duration> lookUp(Job job) {
        Duration most = job.spec().maxRunTime();
        if (most != null) {
            return Optional.of(most);
        }
        Series series = Series.of(job);
        List<Duration> runs = store.latest(Set.of(series), LATEST).getOrDefault(series, List.of());
        return Optional.ofNullable(expected(new ArrayDeque<>(runs)));
    }

    /** A job that has succeeded is one more run; true where its series is expected to run another time from now on. */
    boolean learnFromEnd(Job job) {
        Deque<Duration> runs = job.state() == JobState.SUCCEEDED && job.startedAt() != null && job.finishedAt() != null
                ? known.get(Series.of(job))
                : null;
        if (runs == null) {
            return false;
        }
        Duration before = expected(runs);
        runs.add(Duration.between(job.startedAt(), job.finishedAt()));
        if (runs.size() > LATEST) {
            runs.remove();
        }
        return !java.util.Objects.equals(before, expected(runs));
    }

    /** Rounded up by steps of a quarter: so what is expected seldom changes, and jobs that are alike stay so. */
    private static @Nullable Duration expected(@Nullable Deque<Duration> runs) {
        if (runs == null || runs.size() < LEAST) {
            return null;
        }
        double longest =
                runs.stream().max(Comparator.naturalOrder()).orElseThrow().toMillis() / 1000.0;
        double step = Math.ceil(Math.log(Math.max(1, longest)) / Math.log(1.25) - 1e-9);
        return Duration.ofSeconds((long) Math.ceil(Math.pow(1.25, step)));
    }
}
