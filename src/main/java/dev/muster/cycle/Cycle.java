package dev.muster.cycle;

import dev.muster.cluster.Cluster;
import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.JobId;
import dev.muster.quota.node.Node;
import dev.muster.quota.plan.LiveAttempt;
import dev.muster.quota.plan.Plan;
import dev.muster.quota.plan.PlanSettings;
import dev.muster.quota.plan.Snapshot;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One turn of the wheel. Only the leader turns it, in one thread; a turn may be repeated safely. */
@ApplicationScoped
public class Cycle {
    private final Intake intake;
    private final Noticed noticed;
    private final Observation observation;
    private final CarefulPlanner planner;
    private final LeftAside aside;
    private final InForce inForce;
    private final RecentUse recentUse;
    private final EvictionRate evictions;
    private final LaunchRate launches;
    private final AboveCapability above;
    private final MakingRoom room;
    private final Resizing resizing;
    private final Launching launching;
    private final WaitBook waits;
    private final Writer writer;
    private final ReasonBook reasons;
    private final Board board;
    private final Cluster cluster;
    private final OfferingBook offerings;
    private final Consolidating consolidating;
    private final FallingBack fallingBack;
    private final AskingAhead askingAhead;
    private final Tallies tallies;
    private final SupplyBook supply;
    private List<Node> nodes = List.of();
    private long planned = -1;
    private @Nullable Instant again;

    Cycle(
            Intake intake,
            Noticed noticed,
            Observation observation,
            CarefulPlanner planner,
            LeftAside aside,
            InForce inForce,
            RecentUse recentUse,
            EvictionRate evictions,
            LaunchRate launches,
            AboveCapability above,
            MakingRoom room,
            Resizing resizing,
            Launching launching,
            WaitBook waits,
            Writer writer,
            ReasonBook reasons,
            Board board,
            Cluster cluster,
            OfferingBook offerings,
            Consolidating consolidating,
            FallingBack fallingBack,
            AskingAhead askingAhead,
            Tallies tallies,
            SupplyBook supply) {
        this.tallies = tallies;
        this.fallingBack = fallingBack;
        this.askingAhead = askingAhead;
        this.offerings = offerings;
        this.consolidating = consolidating;
        this.supply = supply;
        this.intake = intake;
        this.noticed = noticed;
        this.observation = observation;
        this.planner = planner;
        this.aside = aside;
        this.inForce = inForce;
        this.recentUse = recentUse;
        this.evictions = evictions;
        this.launches = launches;
        this.above = above;
        this.room = room;
        this.resizing = resizing;
        this.launching = launching;
        this.waits = waits;
        this.writer = writer;
        this.reasons = reasons;
        this.board = board;
        this.cluster = cluster;
    }

    /** What a turn did: how many it launched, and whether another one at the same instant would launch more. */
    record Turn(int launched, boolean more) {}

    Turn run(World world, Instant now) {
        long began = System.nanoTime();
        Set<JobId> changed = intake.read(world, now); // 0. what others have written
        launching.again(world, now);
        leaveAside(world, now);
        observation.look(worthALook(changed, world, now), world, now); // 1. what the cluster says, and the time
        if (!isNews(world, now)) {
            offerings.write(now);
            supply.write(now);
            writer.flush(world, now);
            waits.flush();
            reasons.report(null, world, now);
            return new Turn(0, false);
        }
        CarefulPlanner.Planned planned = planner.plan(
                () -> { // 2. freeze the world
                    Snapshot frozen = snapshot(world, now);
                    tallies.snapshot(System.nanoTime() - began);
                    return frozen;
                },
                world,
                now); // 3. decide, touching nothing
        Snapshot snapshot = planned.snapshot();
        Plan plan = planned.plan();
        again = earlier(
                earlier(planned.again().orElse(null), offerings.nextTry(now).orElse(null)),
                consolidating.again(snapshot));
        above.are(plan.above(), now);
        board.publish(
                snapshot.withAboveSince(above.since()), plan, planned.wanted(), inForce.pauses(), aside.waiting(world));
        board.leftAside(aside.lines());
        Set<JobId> evicted = room.make(plan, world, now); // 4. act: intents first, then the cluster
        int grown = resizing.grow(plan, world, now);
        int launched = launching.launch(plan, nodes, world, now);
        askingAhead.look(world, now);
        Set<JobId> leaving = new TreeSet<>(evicted);
        leaving.addAll(consolidating.act(snapshot, plan, world, now));
        waits.passed(plan, world);
        boolean freed = observation.look(worthALook(leaving, world, now), world, now);
        writer.flush(world, now);
        // What ended has to be written before it is counted what teams have spent.
        FallingBack.Look fallback =
                fallingBack.look(snapshot, job -> board.view().flatMap(view -> view.decision(job)), world, now);
        board.remark(fallback.remarks());
        reasons.remark(fallback.remarks());
        again = earlier(again, fallback.again());
        waits.flush();
        offerings.write(now);
        supply.write(now);
        reasons.report(plan, world, now); // 5. tell why the others wait
        return new Turn(
                launched,
                freed
                        || grown > 0
                        || fallback.granted() > 0
                        || launched >= snapshot.settings().maxLaunches());
    }

    /** What has changed is planned again; what cannot be made ready for the planner is not planned. */
    private void leaveAside(World world, Instant now) {
        aside.look(world, now);
        world.takeTroubles().forEach((id, trouble) -> {
            Suspect.Kind kind = world.attempt(id).isPresent() ? Suspect.Kind.RUNNING : Suspect.Kind.WAITING;
            aside.leave(new Suspect(kind, id.value()), "plan", trouble, world, now);
        });
        board.leftAside(aside.lines());
    }

    /** The last plan was for the world as it is. */
    boolean isSettled(World world) {
        return world.version() == planned && !noticed.isAny();
    }

    /** When time alone may change the plan; empty where it does not. */
    Optional<Instant> planAgain() {
        return Optional.ofNullable(again);
    }

    /** Plans again although nothing has changed; what waits to be committed is found again. */
    void forget() {
        writer.forget();
        planned = -1;
    }

    private Set<JobId> worthALook(Set<JobId> changed, World world, Instant now) {
        Set<JobId> jobs = new TreeSet<>(changed);
        noticed.takeAttempts().stream().map(AttemptId::job).forEach(jobs::add);
        jobs.addAll(world.due(now));
        return jobs;
    }

    /** The same world would give the same plan. */
    private boolean isNews(World world, Instant now) {
        boolean nodesChanged = noticed.takeNodes();
        if (nodesChanged) {
            nodes = cluster.nodes();
            offerings.see(nodes, world, now);
            supply.see(nodes, now);
        }
        boolean news = nodesChanged
                || world.version() != planned
                || consolidating.isAsked()
                || (again != null && !now.isBefore(again));
        planned = world.version();
        return news;
    }

    private static @Nullable Instant earlier(@Nullable Instant a, @Nullable Instant b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return a.isBefore(b) ? a : b;
    }

    private Snapshot snapshot(World world, Instant now) {
        List<LiveAttempt> live = world.live();
        List<Node> usable = offerings.usable(nodes, now);
        PlanSettings wanted = inForce.planSettings();
        PlanSettings settings = wanted.with(wanted.poolChoice().priced(offerings.prices()));
        Snapshot whole = new Snapshot(now, intake.queues(), usable, world.pending(), live, settings)
                .with(recentUse.at(now, live, inForce.planSettings().halfLife()))
                .withEvictedLately(evictions.lately(now))
                .withLaunchedLately(launches.ended(world, intake.queues(), now))
                .withAboveSince(above.since())
                .withExpansions(offerings.expansions(world, now));
        return aside.without(whole);
    }
}
