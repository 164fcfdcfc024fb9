package dev.muster.cycle;

import dev.muster.cluster.ClusterUnavailable;
import dev.muster.event.Event;
import dev.muster.event.EventType;
import dev.muster.event.Why;
import dev.muster.job.Job;
import dev.muster.postgres.DatabaseUnavailable;
import dev.muster.postgres.EventStore;
import dev.muster.postgres.Leadership;
import dev.muster.postgres.UnreadableRow;
import dev.muster.quota.name.JobId;
import dev.muster.quota.plan.Reason;
import dev.muster.quota.plan.ReasonCode;
import dev.muster.quota.plan.Snapshot;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * What Muster failed to plan or to act on: each thing alone is left aside, and everything else goes on. A job until it changes, a
 * queue or pool until one of them or the policy does, and everything for no longer than {@link #TRIED_AGAIN_AFTER}. Nothing of
 * it is kept: the next leader finds out again. Used by the cycle's thread alone.
 */
@ApplicationScoped
public class LeftAside {
    /** What it failed for may be mended by something else: a node that went, a time that passed. */
    static final Duration TRIED_AGAIN_AFTER = Duration.ofMinutes(10);

    private static final Logger LOG = Logger.getLogger(LeftAside.class);
    private static final int LONGEST = 300;
    private static final int MOST_TOLD = 10_000;

    private final EventStore events;
    private final Tallies tallies;
    private final Noticed noticed;
    private final Map<Suspect, Entry> entries = new LinkedHashMap<>();
    private final Map<Suspect, String> told = new HashMap<>();

    LeftAside(EventStore events, Tallies tallies, Noticed noticed) {
        this.events = events;
        this.tallies = tallies;
        this.noticed = noticed;
    }

    private record Entry(Reason reason, Instant until) {}

    /** {@code verb} is what failed: plan, launch, move. */
    void leave(Suspect suspect, String verb, RuntimeException failure, World world, Instant now) {
        leave(List.of(suspect), verb, failure, world, now);
    }

    /** Jobs of which the database holds what nobody can read; what was known of one before is not forgotten. */
    void unreadable(List<UnreadableRow> rows, World world, Instant now) {
        for (UnreadableRow row : rows) {
            boolean runs =
                    row.table().equals("attempt") || world.attempt(row.job()).isPresent();
            leave(
                    new Suspect(
                            runs ? Suspect.Kind.RUNNING : Suspect.Kind.WAITING,
                            row.job().value()),
                    "read",
                    row,
                    world,
                    now);
        }
    }

    /** Several for one failure. Told once, however often the same fails again, and the stack but once for all of them. */
    void leave(List<Suspect> suspects, String verb, RuntimeException failure, World world, Instant now) {
        Instant until = now.plus(TRIED_AGAIN_AFTER);
        List<Event> news = new ArrayList<>();
        for (Suspect suspect : suspects) {
            tallies.plannerError();
            Reason reason = reason(suspect, verb, failure, until);
            entries.put(suspect, new Entry(reason, until));
            job(suspect).ifPresent(world::leaveAside);
            if (!reason.message().equals(told.put(suspect, reason.message()))) {
                news.add(event(suspect, reason, world, now));
            }
        }
        world.touch();
        if (told.size() > MOST_TOLD) {
            told.clear();
        }
        if (!news.isEmpty()) {
            Suspect first = suspects.get(0);
            LOG.errorf(
                    failure,
                    "act=left-aside kind=%s name=%s others=%d until=%s",
                    first.kind(),
                    first.name(),
                    suspects.size() - 1,
                    until);
            events.append(news);
        }
    }

    /** What comes of it; empty where it fails of itself: then that alone is left aside. What is down is everybody's trouble. */
    <T> Optional<T> unlessItFails(Suspect suspect, String verb, Supplier<Optional<T>> act, World world, Instant now) {
        try {
            return act.get();
        } catch (RuntimeException e) {
            if (isEverybodys(e)) {
                throw e;
            }
            leave(suspect, verb, e, world, now);
            return Optional.empty();
        }
    }

    /** Passes on what is everybody's trouble, or the cluster's refusal; whatever else it is comes as a {@link Single}. */
    static void alone(Runnable act) {
        try {
            act.run();
        } catch (IllegalArgumentException e) {
            throw e;
        } catch (RuntimeException e) {
            if (isEverybodys(e)) {
                throw e;
            }
            throw new Single(e);
        }
    }

    /** Trouble with one thing that nobody expected, so that who tells the cluster of many goes on with the others. */
    static final class Single extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        private final RuntimeException trouble;

        Single(RuntimeException trouble) {
            super(trouble.toString(), trouble);
            this.trouble = trouble;
        }

        RuntimeException trouble() {
            return trouble;
        }
    }

    /** The database or the cluster is away, or another replica plans: nothing is wrong with a single job. */
    static boolean isEverybodys(RuntimeException failure) {
        return failure instanceof ClusterUnavailable
                || failure instanceof Leadership.Lost
                || DatabaseUnavailable.in(failure).isPresent();
    }

    /** Takes back what has changed, or has been left long enough. */
    void look(World world, Instant now) {
        if (entries.isEmpty()) {
            return;
        }
        entries.entrySet().removeIf(each -> {
            Optional<JobId> job = job(each.getKey());
            boolean isOver = !now.isBefore(each.getValue().until()) || job.isPresent() && !world.isLeftAside(job.get());
            if (isOver) {
                takeBack(job, world, now);
            }
            return isOver;
        });
    }

    /** Queues, pools or the policy are others now: all is tried again. */
    void tryAgain(World world, Instant now) {
        entries.keySet().forEach(suspect -> takeBack(job(suspect), world, now));
        entries.clear();
    }

    private void takeBack(Optional<JobId> job, World world, Instant now) {
        world.touch();
        job.ifPresent(id -> {
            world.takeBack(id, now);
            // Where its row could not be read, it may have been mended by now.
            world.stale(id);
            world.attempt(id).ifPresent(attempt -> noticed.again(attempt.id()));
        });
    }

    /** Without the queues and pools that are left aside; jobs are left out of the world itself. */
    Snapshot without(Snapshot snapshot) {
        return entries.keySet().stream().allMatch(suspect -> job(suspect).isPresent())
                ? snapshot
                : new Snapshot(
                        snapshot.now(),
                        snapshot.queues().stream()
                                .map(queue -> is(Suspect.Kind.QUEUE, queue.name()) ? Culprit.plain(queue) : queue)
                                .toList(),
                        snapshot.nodes().stream()
                                .filter(node -> !is(Suspect.Kind.POOL, node.pool()))
                                .toList(),
                        snapshot.pending(),
                        snapshot.live(),
                        snapshot.settings(),
                        snapshot.decayedUse(),
                        snapshot.evictedLately(),
                        snapshot.expansions().stream()
                                .filter(growth -> !is(
                                        Suspect.Kind.POOL,
                                        growth.spec().offering().pool()))
                                .toList(),
                        snapshot.launchedLately(),
                        snapshot.aboveSince());
    }

    /** The jobs that wait and are not planned, and why. */
    Map<JobId, Reason> waiting(World world) {
        Map<JobId, Reason> reasons = new LinkedHashMap<>();
        entries.forEach((suspect, entry) -> job(suspect)
                .filter(id -> world.attempt(id).isEmpty())
                .ifPresent(id -> reasons.put(id, entry.reason())));
        return reasons;
    }

    /** One line for each thing, for the doctor. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        entries.forEach((suspect, entry) -> lines.add("%s %s: %s"
                .formatted(
                        suspect.kind().name().toLowerCase(java.util.Locale.ROOT),
                        suspect.name(),
                        entry.reason().message())));
        return lines;
    }

    private boolean is(Suspect.Kind kind, Object name) {
        return entries.containsKey(new Suspect(kind, name.toString()));
    }

    private static Optional<JobId> job(Suspect suspect) {
        return switch (suspect.kind()) {
            case QUEUE, POOL -> Optional.empty();
            case RUNNING, WAITING -> Optional.of(new JobId(suspect.name()));
        };
    }

    private static Reason reason(Suspect suspect, String verb, RuntimeException failure, Instant until) {
        // What follows the first line is the row itself, where it is the database that speaks.
        String said = root(failure).toString().lines().findFirst().orElse("");
        String what =
                switch (suspect.kind()) {
                    case QUEUE, POOL -> suspect.kind().name().toLowerCase(java.util.Locale.ROOT) + " " + suspect.name();
                    case RUNNING, WAITING -> "this job";
                };
        return new Reason(
                ReasonCode.PLANNER_ERROR,
                "Muster failed to %s %s (%s); it is left aside until it changes"
                        .formatted(verb, what, said.length() > LONGEST ? said.substring(0, LONGEST) + "…" : said),
                (failure instanceof UnreadableRow row
                                ? "mend its row in table %s of the database (id %s), or bring back the service that wrote it"
                                        .formatted(row.table(), row.job())
                                : "report this with the service's log")
                        + "; it is tried again when it changes, and at " + until,
                Map.of("error", failure.getClass().getName(), "until", until.toString()));
    }

    /** What was wrapped: the database's own words instead of the statement. */
    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        for (int depth = 0; root.getCause() != null && depth < 20; depth++) {
            root = root.getCause();
        }
        return root;
    }

    private static Event event(Suspect suspect, Reason reason, World world, Instant now) {
        Job job = job(suspect).flatMap(world::job).orElse(null);
        return new Event(
                        now,
                        EventType.LEFT_ASIDE,
                        Steps.ACTOR,
                        job == null ? null : job.team(),
                        job(suspect).orElse(null),
                        job == null ? suspect.name() : job.spec().name(),
                        job == null || job.attempt() == 0 ? null : job.attempt(),
                        null,
                        null,
                        Why.of(reason))
                .in(job == null ? null : job.spec().set());
    }
}
