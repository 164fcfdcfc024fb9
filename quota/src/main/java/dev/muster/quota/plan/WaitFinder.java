package dev.muster.quota.plan;

import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.queue.Ledger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Finds {@link Waits}: asks of everything that lives whether it would give way, by the rights that plans go by. */
final class WaitFinder {
    /** What queues have to do with: not what a job itself waits for. */
    private static final Set<ReasonCode> BY_OTHERS = Set.of(
            ReasonCode.CAPABILITY_REACHED,
            ReasonCode.GUARANTEE_OF_OTHERS,
            ReasonCode.ROOM_IS_MADE,
            ReasonCode.NODES_FULL,
            ReasonCode.FRAGMENTED,
            ReasonCode.RECLAIM_GRANULARITY,
            ReasonCode.EVICTION_BOUND,
            ReasonCode.BEHIND_RESERVATION,
            ReasonCode.CYCLE_BOUND);

    private final World world;
    private final Plan plan;
    private final Shapes shapes;
    private final List<Bundle> bundles;
    /** What each attempt holds, wide. */
    private final Map<AttemptId, Bundle> whole = new HashMap<>();

    WaitFinder(Snapshot snapshot, Plan plan) {
        this.plan = plan;
        world = World.of(snapshot);
        shapes = new Shapes(world.index, world.places);
        bundles = new Bundles(world, new Exits(), List.of()).left();
        for (LiveAttempt attempt : snapshot.live()) {
            if (world.ledger.number(attempt.queue()) != Ledger.NONE) {
                whole.put(attempt.id(), new Bundle(world, attempt, true, attempt.pods()));
            }
        }
    }

    /** Gangs of one queue that were held for the same reason, the first in front. */
    private record Held(QueueName queue, ReasonCode code) {}

    Waits find(int most) {
        Map<JobId, ReasonCode> codes = new HashMap<>();
        for (Decision decision : plan.decisions()) {
            if (decision instanceof Decision.Hold
                    && BY_OTHERS.contains(decision.reason().code())) {
                codes.put(decision.job(), decision.reason().code());
            }
        }
        Map<Held, List<PendingJob>> gangs = new HashMap<>();
        for (PendingJob job : world.snapshot.pending()) {
            ReasonCode code = codes.get(job.id());
            if (code != null && world.ledger.number(job.queue()) != Ledger.NONE) {
                gangs.computeIfAbsent(new Held(job.queue(), code), held -> new ArrayList<>())
                        .add(job);
            }
        }
        List<Waits.Line> lines = new ArrayList<>();
        gangs.entrySet().stream()
                .sorted(Comparator.comparingInt((Map.Entry<Held, List<PendingJob>> each) ->
                                -each.getValue().size())
                        .thenComparing(each -> each.getKey().queue())
                        .thenComparing(each -> each.getKey().code()))
                .limit(most)
                .forEach(each -> add(lines, each.getKey(), each.getValue()));
        lines.sort(Comparator.comparing(Waits.Line::queue)
                .thenComparing(Waits.Line::code)
                .thenComparing(Waits.Line::key));
        return new Waits(lines);
    }

    private void add(List<Waits.Line> lines, Held held, List<PendingJob> jobs) {
        PendingJob first = jobs.stream()
                .min(Comparator.comparing(PendingJob::priority, Comparator.reverseOrder())
                        .thenComparing(PendingJob::since)
                        .thenComparing(PendingJob::id))
                .orElseThrow();
        Group group = group(first);
        boolean[] lacks = GivingWay.lacks(world, group);
        for (int place = 0; place < lacks.length; place++) {
            if (lacks[place]) {
                lines.add(line(held, jobs, first, group, lacks, place));
            }
        }
    }

    private Group group(PendingJob job) {
        var shape = shapes.of(job.roles(), job.traits().oneZone(), Set.of());
        return new Group(world.ledger.number(job.queue()), shape, world.asked(shape), job);
    }

    private Waits.Line line(
            Held held, List<PendingJob> jobs, PendingJob first, Group group, boolean[] lacks, int place) {
        Ledger ledger = world.ledger;
        Ledger.Refusal refusal = ledger.refusal(group.queue, place, group.asked[place]);
        int within = refusal != null && refusal.kind() == Ledger.Refusal.Kind.CAPABILITY
                ? ledger.tightest(group.queue, place)
                : Ledger.NONE;
        Map<List<Ask>, Long> known = new HashMap<>();
        long askedByAll = 0;
        for (PendingJob job : jobs) {
            askedByAll += known.computeIfAbsent(job.roles(), roles -> group(job).asked[place]);
        }
        return new Waits.Line(
                held.queue(),
                held.code(),
                jobs.size(),
                first.id(),
                world.resource(place),
                world.key(place),
                group.asked[place],
                askedByAll,
                share(group.queue, place),
                within == Ledger.NONE ? null : ledger.name(within),
                within == Ledger.NONE ? ledger.supply(place) : ledger.capability(within, place),
                within == Ledger.NONE ? Math.max(0, ledger.free(place)) : ledger.left(within, place),
                holders(first, group, lacks, place, within));
    }

    private List<Waits.Holder> holders(PendingJob first, Group group, boolean[] lacks, int place, int within) {
        Ledger ledger = world.ledger;
        Map<AttemptId, Answer> answers = answers(first, group, lacks, place);
        Map<Integer, Long> gives = new TreeMap<>();
        Map<Integer, TreeMap<Waits.Stays, Long>> stays = new TreeMap<>();
        whole.forEach((id, bundle) -> {
            if (isBelow(bundle.queue, within) && bundle.amounts()[place] > 0) {
                Answer answer = answers.get(id);
                long given = answer == null ? 0 : Math.min(answer.given, bundle.amounts()[place]);
                gives.merge(bundle.queue, given, Long::sum);
                if (bundle.amounts()[place] > given) {
                    stays.computeIfAbsent(bundle.queue, queue -> new TreeMap<>())
                            .merge(
                                    answer == null ? unasked(bundle.attempt) : answer.stays,
                                    bundle.amounts()[place] - given,
                                    Long::sum);
                }
            }
        });
        List<Waits.Holder> holders = new ArrayList<>();
        for (int q = 0; q < ledger.queues(); q++) {
            boolean keepsIdle =
                    within == Ledger.NONE && isLeaf(q) && share(q, place).idle() > 0;
            if (gives.containsKey(q) || keepsIdle) {
                holders.add(new Waits.Holder(
                        ledger.name(q),
                        share(q, place),
                        gives.getOrDefault(q, 0L),
                        stays.getOrDefault(q, new TreeMap<>())));
            }
        }
        holders.sort(Comparator.comparingLong(
                        (Waits.Holder holder) -> -holder.share().used())
                .thenComparing(Waits.Holder::queue));
        return holders;
    }

    /** What of an attempt would be given, and why the rest stays. */
    private record Answer(long given, Waits.Stays stays) {}

    /** Of all that may be asked at all, in the order in which it would go. */
    private Map<AttemptId, Answer> answers(PendingJob first, Group group, boolean[] lacks, int place) {
        Rights rights = new Rights(world, first, group, lacks);
        Map<AttemptId, Answer> answers = new HashMap<>();
        List<Bundle> gone = new ArrayList<>();
        for (Bundle bundle : bundles) {
            Rights.Answer answer = rights.may(bundle);
            boolean goes = answer == Rights.Answer.PREEMPT || answer == Rights.Answer.RECLAIM;
            if (goes) {
                bundle.leaveLedger();
                gone.add(bundle);
            }
            long given = goes ? bundle.amounts()[place] : 0;
            answers.merge(
                    bundle.attempt.id(),
                    new Answer(given, goes ? Waits.Stays.DESERVED : rights.stays(bundle)),
                    (before, now) -> new Answer(before.given + now.given, now.stays));
        }
        gone.forEach(Bundle::stayInLedger);
        return answers;
    }

    private Waits.Stays unasked(LiveAttempt attempt) {
        PlanSettings.Eviction settings = world.snapshot.settings().eviction();
        boolean isMoving = attempt.roles().isEmpty()
                || attempt.pods().stream().anyMatch(pods -> pods.node() == null || pods.leaving());
        if (isMoving) {
            return Waits.Stays.MOVING;
        }
        return attempt.traits().evictions() >= settings.budget() ? Waits.Stays.EVICTED_ENOUGH : Waits.Stays.PROTECTED;
    }

    private Waits.Share share(int queue, int place) {
        Ledger ledger = world.ledger;
        return new Waits.Share(
                ledger.used(queue, place),
                ledger.guarantee(queue, place),
                ledger.says(queue, place) ? Long.valueOf((long) ledger.deserved(queue, place)) : null);
    }

    private boolean isBelow(int queue, int above) {
        for (int q = queue; above != Ledger.NONE && q != above; q = world.ledger.parent(q)) {
            if (q == Ledger.NONE) {
                return false;
            }
        }
        return true;
    }

    private boolean isLeaf(int queue) {
        return world.tree.children(world.ledger.name(queue)).isEmpty();
    }
}
