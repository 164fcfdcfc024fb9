package dev.muster.cycle;

import dev.muster.event.EventCursor;
import dev.muster.event.EventType;
import dev.muster.job.Job;
import dev.muster.postgres.CatalogueStamp;
import dev.muster.postgres.CheckpointStore;
import dev.muster.postgres.EventStore;
import dev.muster.postgres.Found;
import dev.muster.postgres.JobStore;
import dev.muster.postgres.PriorityClassStore;
import dev.muster.postgres.QueueStore;
import dev.muster.postgres.Versioned;
import dev.muster.postgres.WaitStore;
import dev.muster.queue.Queue;
import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.JobId;
import dev.muster.quota.priority.PreemptionPolicy;
import dev.muster.quota.priority.PriorityClass;
import dev.muster.quota.queue.QueueSpec;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Step 0: what was written since the last look and the world has not followed, whoever wrote it, read from the feed of events. Used
 * by the cycle's thread alone.
 */
@ApplicationScoped
public class Intake {
    private static final int AT_ONCE = 5_000;
    private static final Set<EventType> MAY_MEND =
            Set.of(EventType.QUEUE_CHANGED, EventType.POOL_CHANGED, EventType.POLICY_CHANGED);

    private final EventStore events;
    private final JobStore jobs;
    private final QueueStore queueStore;
    private final Declaring declaring;
    private final Mirroring mirroring;
    private final InForce inForce;
    private final PriorityClassStore classStore;
    private final WaitStore waits;
    private final RecentUse recentUse;
    private final EvictionRate evictions;
    private final LaunchRate launches;
    private final AboveCapability above;
    private final CheckpointStore checkpoints;
    private final RunTimes runTimes;
    private final OfferingBook offerings;
    private final LeftAside aside;
    private final Followed followed;
    private final CatalogueStamp stamps;
    private String stamp = "";
    private final SupplyBook supply;
    private EventCursor cursor = EventCursor.START;
    private List<QueueSpec> queues = List.of();

    Intake(
            EventStore events,
            JobStore jobs,
            QueueStore queueStore,
            Declaring declaring,
            Mirroring mirroring,
            InForce inForce,
            PriorityClassStore classStore,
            WaitStore waits,
            RecentUse recentUse,
            EvictionRate evictions,
            LaunchRate launches,
            AboveCapability above,
            CheckpointStore checkpoints,
            RunTimes runTimes,
            OfferingBook offerings,
            LeftAside aside,
            Followed followed,
            CatalogueStamp stamps,
            SupplyBook supply) {
        this.stamps = stamps;
        this.aside = aside;
        this.followed = followed;
        this.offerings = offerings;
        this.supply = supply;
        this.checkpoints = checkpoints;
        this.runTimes = runTimes;
        this.evictions = evictions;
        this.launches = launches;
        this.above = above;
        this.classStore = classStore;
        this.waits = waits;
        this.recentUse = recentUse;
        this.events = events;
        this.jobs = jobs;
        this.queueStore = queueStore;
        this.declaring = declaring;
        this.mirroring = mirroring;
        this.inForce = inForce;
    }

    /** Starts afresh: everything that is read after this call is newer than the end of the feed now. */
    void begin(World world, Instant now) {
        cursor = events.end();
        followed.clear();
        String present = stamps.read();
        if (!present.equals(stamp)) {
            // Changed meanwhile; not so where a cycle that failed begins again.
            aside.tryAgain(world, now);
            stamp = present;
        }
        readQueues();
        inForce.read();
        declaring.declare();
        mirroring.isDue();
        readClasses(world);
        recentUse.begin();
        evictions.begin();
        launches.begin(now);
        above.begin();
        runTimes.begin();
        world.expect(runTimes::of);
        checkpoints.all().forEach(world::checkpointed);
        offerings.begin();
        supply.begin();
        waits.all().forEach(world::remember);
    }

    /** Brings the world up to the feed; returns the jobs that were changed past it. */
    Set<JobId> read(World world, Instant now) {
        Set<JobId> changed = new TreeSet<>();
        Set<EventType> resources = new HashSet<>();
        EventStore.Changes page;
        do {
            page = events.news(followed.transactions(), cursor, AT_ONCE);
            cursor = page.end();
            for (EventStore.Change change : page.changes()) {
                resources.add(change.type());
                if (change.type() == EventType.CHECKPOINTED && change.job() != null && change.attempt() != null) {
                    world.checkpointed(new AttemptId(change.job(), change.attempt()), change.at());
                }
                if (change.job() != null) {
                    changed.add(change.job());
                }
            }
        } while (page.more());
        followed.forgetBefore(cursor);
        if (resources.contains(EventType.QUEUE_CHANGED) || resources.contains(EventType.PRIORITY_CLASS_CHANGED)) {
            mirroring.isDue();
        }
        if (resources.contains(EventType.QUEUE_CHANGED)) {
            readQueues();
            world.touch();
        }
        if (resources.contains(EventType.POLICY_CHANGED) || resources.contains(EventType.PAUSE_CHANGED)) {
            inForce.read();
            world.touch();
        }
        if (resources.contains(EventType.PRIORITY_CLASS_CHANGED)) {
            readClasses(world);
        }
        if (resources.contains(EventType.POOL_CHANGED)) {
            offerings.readPools();
            world.touch();
        }
        if (resources.contains(EventType.BREAKER_CHANGED)) {
            offerings.readOrders();
            world.touch();
        }
        if (resources.contains(EventType.POOL_CHANGED) || resources.contains(EventType.TEAM_CHANGED)) {
            declaring.declare();
        }
        if (resources.stream().anyMatch(MAY_MEND::contains)) {
            aside.tryAgain(world, now);
        }
        mirroring.keep(queues, now);
        changed.addAll(world.takeStale());
        refresh(changed, world, now);
        return changed;
    }

    /** Reads these jobs again. */
    void refresh(Collection<JobId> ids, World world, Instant now) {
        List<JobId> all = new ArrayList<>(ids);
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            List<JobId> some = all.subList(from, Math.min(all.size(), from + AT_ONCE));
            Set<JobId> gone = new HashSet<>(some);
            Found<Job> found = jobs.read(some);
            runTimes.learn(found.read());
            for (Job job : found.read()) {
                gone.remove(job.id());
                world.put(job, now);
            }
            found.unreadable().forEach(row -> gone.remove(row.job()));
            gone.forEach(world::remove);
            aside.unreadable(found.unreadable(), world, now);
        }
    }

    List<QueueSpec> queues() {
        return queues;
    }

    private void readClasses(World world) {
        world.preempting(classStore.all().stream()
                .map(Versioned::value)
                .filter(value -> value.preemptionPolicy() == PreemptionPolicy.PREEMPT_LOWER_PRIORITY)
                .map(PriorityClass::name)
                .collect(Collectors.toSet()));
    }

    private void readQueues() {
        queues = queueStore.inForce().stream().map(Queue::spec).toList();
    }
}
