package dev.muster.cycle;

import dev.muster.Settings;
import dev.muster.job.Job;
import dev.muster.postgres.ReasonStore;
import dev.muster.quota.name.JobId;
import dev.muster.quota.plan.Decision;
import dev.muster.quota.plan.Plan;
import dev.muster.quota.plan.Reason;
import dev.muster.quota.plan.ReasonCode;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Step 5: keeps the reasons of waiting jobs in the database. Another code is written soon; other numbers in the same sentence
 * only now and then, for the plan itself has them. Used by the cycle's thread alone.
 */
@ApplicationScoped
public class ReasonBook {
    private static final int AT_ONCE = 5_000;

    private final ReasonStore store;
    private final Pace pace;
    private final LeftAside aside;
    private final Map<JobId, Written> written = new HashMap<>();
    private Map<JobId, Reason> remarks = Map.of();
    private @Nullable Plan plan;
    private long comparedAt = System.nanoTime() - Duration.ofHours(1).toNanos();

    ReasonBook(ReasonStore store, LeftAside aside, Settings settings) {
        this.aside = aside;
        this.store = store;
        this.pace = settings.clock() == Settings.ClockMode.VIRTUAL ? Pace.VIRTUAL : Pace.REAL;
    }

    /** How often, in real time, the book looks for new codes and lets one job's numbers change. */
    private record Pace(Duration codes, Duration numbers) {
        // Numbers change with every launch and for all who wait: ten thousand rows each time.
        static final Pace REAL = new Pace(Duration.ofSeconds(1), Duration.ofSeconds(60));
        static final Pace VIRTUAL = new Pace(Duration.ofSeconds(5), Duration.ofDays(1));
    }

    /** {@code remark}: what else is to be said of it, null where nothing is. */
    private record Written(
            ReasonCode code, String message, @Nullable Reason remark, long at) {}

    void clear() {
        remarks = Map.of();
        written.clear();
        plan = null;
    }

    /** What else there is to say of waiting jobs of the last plan: a word after its reasons. */
    void remark(Map<JobId, Reason> all) {
        remarks = all;
    }

    /** Takes in a new plan, null for none; writes where it is time to. */
    void report(@Nullable Plan latest, World world, Instant now) {
        if (latest != null) {
            plan = latest;
            latest.launches().forEach(launch -> written.remove(launch.job()));
        }
        long time = System.nanoTime();
        if (time - comparedAt >= pace.codes().toNanos()) {
            comparedAt = time;
            write(changes(world, time, pace.numbers()), time, now);
        }
    }

    /** Writes all that differs from the last plan. */
    void settle(World world, Instant now) {
        long time = System.nanoTime();
        write(changes(world, time, Duration.ZERO), time, now);
    }

    private Map<JobId, List<Reason>> changes(World world, long time, Duration numbers) {
        Map<JobId, List<Reason>> changes = new LinkedHashMap<>();
        for (JobId id : world.takeLater()) {
            world.job(id)
                    .flatMap(job -> Optional.ofNullable(Due.later(job)).map(at -> notBefore(job, at)))
                    .ifPresent(reason -> changes.put(id, List.of(reason)));
        }
        aside.waiting(world).forEach((id, reason) -> {
            if (isNews(id, reason, time, numbers)) {
                changes.put(id, List.of(reason));
            }
        });
        if (plan != null) {
            for (Decision decision : plan.decisions()) {
                if (decision instanceof Decision.Hold hold
                        && isNews(hold.job(), hold.reason(), time, numbers)
                        && !world.isLeftAside(hold.job())) {
                    changes.put(hold.job(), all(hold));
                }
            }
        }
        return changes;
    }

    private List<Reason> all(Decision.Hold hold) {
        Reason remark = remarks.get(hold.job());
        return remark == null
                ? hold.all()
                : Stream.concat(hold.all().stream(), Stream.of(remark)).toList();
    }

    private boolean isNews(JobId job, Reason reason, long time, Duration numbers) {
        Written last = written.get(job);
        return last == null
                || last.code() != reason.code()
                || !Objects.equals(last.remark(), remarks.get(job))
                || (time - last.at() >= numbers.toNanos() && !last.message().equals(reason.message()));
    }

    private void write(Map<JobId, List<Reason>> changes, long time, Instant now) {
        List<Map.Entry<JobId, List<Reason>>> all = new ArrayList<>(changes.entrySet());
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            Map<JobId, List<Reason>> some = new LinkedHashMap<>();
            all.subList(from, Math.min(all.size(), from + AT_ONCE)).forEach(e -> some.put(e.getKey(), e.getValue()));
            store.write(some, now, Steps.ACTOR);
        }
        changes.forEach((id, reasons) -> written.put(
                id, new Written(reasons.get(0).code(), reasons.get(0).message(), remarks.get(id), time)));
    }

    private static Reason notBefore(Job job, Instant at) {
        boolean pauses = !at.equals(job.spec().notBefore());
        return new Reason(
                ReasonCode.NOT_BEFORE,
                pauses ? "it failed, and is not tried again before " + at : "it is not looked at before " + at,
                pauses ? "wait, or submit it with a shorter retry.pause" : "wait, or submit it without notBefore",
                Map.of("notBefore", at.toString()));
    }
}
