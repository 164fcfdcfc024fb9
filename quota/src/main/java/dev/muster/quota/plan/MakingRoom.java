package dev.muster.quota.plan;

import dev.muster.quota.fit.Headcount;
import dev.muster.quota.fit.Placement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Ends gangs or elastic pods for jobs that found no room, where that really lets them run: no gain, no eviction. What leaves is
 * kept for the taker until it is gone.
 */
final class MakingRoom {
    /** Takers for which nobody could give way, after which a cycle looks at no more. */
    private static final int MOST_FAILURES = 20;

    private final World world;
    private final Groups groups;
    private final Acts acts;
    private final PlanSettings.Eviction settings;
    private final EvictionReasons reasons;
    private final @Nullable Hopeless memory;
    /** Who began to wait by then may take. */
    private final Instant waitsLongEnough;

    private List<Entry> takers = List.of();
    private int hopeless;
    private boolean lotsAreDrawn;
    private final List<Entry> drawn = new ArrayList<>();
    private boolean noneHasARight;
    private int changesThen;
    /** Of the gang that room is being made for, where a count says whether it fits. */
    private @Nullable Headcount count;

    private @Nullable Bundles bundles;
    private final int mostGangs;
    private int gangsEnded;
    private @Nullable Reason bound;
    private int boundAt;

    /** {@code memory}: of earlier cycles, null for none. */
    MakingRoom(World world, Groups groups, Acts acts, @Nullable Hopeless memory) {
        this.memory = memory;
        this.world = world;
        this.groups = groups;
        this.acts = acts;
        this.settings = world.snapshot.settings().eviction();
        this.reasons = new EvictionReasons(world, MOST_FAILURES);
        this.waitsLongEnough = world.snapshot.now().minus(settings.after());
        this.mostGangs =
                Math.min(settings.perCycle(), Math.max(0, settings.perMinute() - world.snapshot.evictedLately()));
        this.gangsEnded = acts.gangsCut();
    }

    /** {@code used}: what its queue held before it went; put into words for those alone that really go. */
    private record Leaves(Bundle bundle, Rights.Answer by, long[] used) {}

    /** Another pass begins: what found nobody may find somebody. */
    void newPass() {
        hopeless = 0;
    }

    /** Of each group that found no room or quota the first job that waited long enough: these take part in the turns. */
    List<Entry> takers() {
        if (!settings.isOn()) {
            return List.of();
        }
        for (Group group : groups.all()) {
            group.taker = null;
            group.hopeless = false;
            group.drawn = false;
        }
        groups.firstTakers(
                group -> group.standing != Group.Standing.MAY_START && groups.isOpen(group), this::mayTake, acts);
        takers = new ArrayList<>(groups.all().size());
        for (Group group : groups.all()) {
            PendingJob taker = group.taker;
            if (taker != null) {
                takers.add(new Entry(taker, group));
            }
        }
        drawn.clear();
        lotsAreDrawn = false;
        changesThen = -1;
        return takers;
    }

    /** True where the entry is one of {@link #takers}, too. */
    boolean isTaker(Entry entry) {
        return settings.isOn() && entry.group().taker == entry.job();
    }

    /** True where nobody else will give way in this pass, whoever asks. */
    boolean isOver() {
        return !settings.isOn()
                || hopeless >= MOST_FAILURES
                || gangsEnded >= mostGangs
                || (!drawn.isEmpty() && noneThatIsDrawnHasARight());
    }

    /** Asked after every turn, and most often nothing has changed since the last one. */
    private boolean noneThatIsDrawnHasARight() {
        int changes = hopeless + acts.launches() + acts.leaving().size();
        if (changes != changesThen) {
            changesThen = changes;
            List<Bundle> earlier = List.copyOf(acts.leaving());
            earlier.forEach(Bundle::leaveLedger);
            noneHasARight = drawn.stream()
                    .noneMatch(entry -> !entry.group().hopeless
                            && new Rights(world, entry.job(), entry.group(), lacks(entry.group())).areAny());
            earlier.forEach(Bundle::stayInLedger);
        }
        return noneHasARight;
    }

    /**
     * Where the same takers stand first in every cycle and nobody can ever give way for them, those behind must have their chance
     * too: after half of the failures only who is drawn for this second may try.
     */
    private void drawLots() {
        lotsAreDrawn = true;
        int count = takers.size();
        if (count > MOST_FAILURES) {
            int from = new SplittableRandom(world.snapshot.now().getEpochSecond()).nextInt(count);
            int end = Math.min(count, from + MOST_FAILURES / 2);
            int wrapped = from + MOST_FAILURES / 2 - end;
            draw(groups.takers(count, from, end));
            if (wrapped > 0) {
                draw(groups.takers(count, 0, wrapped));
            }
        }
    }

    private void draw(List<Entry> entries) {
        for (Entry entry : entries) {
            entry.group().drawn = true;
            drawn.add(entry);
        }
    }

    private boolean failuresAreEnough(Group group) {
        return failuresAreEnoughForMost() && (hopeless >= MOST_FAILURES || !group.drawn);
    }

    private boolean failuresAreEnoughForMost() {
        if (hopeless < MOST_FAILURES / 2) {
            return false;
        }
        if (!lotsAreDrawn) {
            drawLots();
        }
        return hopeless >= MOST_FAILURES || !drawn.isEmpty();
    }

    /** True where from now on, in this pass, only those are asked of whom {@link #asks} is true. The others are told so. */
    boolean asksFew() {
        boolean few = settings.isOn() && (gangsEnded >= mostGangs || failuresAreEnoughForMost());
        if (few) {
            acts.granularForOthers(bound());
        }
        return few;
    }

    boolean isOn() {
        return settings.isOn();
    }

    boolean asks(Entry entry) {
        Group group = entry.group();
        return group.drawn && gangsEnded < mostGangs && hopeless < MOST_FAILURES;
    }

    private boolean mayTake(PendingJob job) {
        return settings.isOn()
                && (settings.reclaim() || job.traits().mayPreempt())
                && !job.since().isAfter(waitsLongEnough);
    }

    /** Ends others for a job that did not fit in its turn; true where its room is being made now. */
    boolean makeFor(Entry taker) {
        Group group = taker.group();
        if (group.hopeless || !mayTake(taker.job())) {
            return false;
        }
        if (failuresAreEnough(group) || gangsEnded >= mostGangs) {
            acts.granular(taker.job().id(), bound());
            return false;
        }
        // Who may take from whom is judged as if those who leave already were gone.
        List<Bundle> earlier = List.copyOf(acts.leaving());
        earlier.forEach(Bundle::leaveLedger);
        List<Bundle> now = List.of();
        if (!fits(group)) {
            now = makeFor(taker.job(), group);
        }
        earlier.forEach(Bundle::stayInLedger);
        now.forEach(Bundle::stayInLedger);
        acts.leaving(now);
        if (now.isEmpty()) {
            group.hopeless = true;
            hopeless++;
        }
        return !now.isEmpty();
    }

    /** Those who leave, out of the ledger; empty where nobody may, or where it would not help. */
    private List<Bundle> makeFor(PendingJob taker, Group group) {
        boolean[] lacks = lacks(group);
        Rights rights = new Rights(world, taker, group, lacks);
        if (!rights.areAny()) {
            return List.of();
        }
        if (bundles == null) {
            bundles = new Bundles(world, acts.leaving());
        }
        List<Bundle> left = bundles.left();
        if (isKnownToBeHopeless(taker, group, left)) {
            return List.of();
        }
        count = world.packer.startCounting(group.shape, world.quota(group.queue));
        try {
            return makeFor(taker, group, left, lacks, rights);
        } finally {
            world.packer.stopCounting();
            count = null;
        }
    }

    private List<Bundle> makeFor(PendingJob taker, Group group, List<Bundle> left, boolean[] lacks, Rights rights) {
        List<Leaves> leaving = new ArrayList<>();
        List<Bundle> tooLarge = new ArrayList<>();
        int failing = 0;
        boolean suffices = false;
        Set<Bundle> gone = new HashSet<>();
        for (Bundle part : left) {
            Bundle bundle = part.elastic().isEmpty()
                    ? part
                    : part.with(part.elastic().stream()
                            .filter(each -> !gone.contains(each))
                            .toList());
            Rights.Answer answer = rights.may(bundle);
            if (answer == Rights.Answer.PREEMPT || answer == Rights.Answer.RECLAIM) {
                leaving.add(new Leaves(bundle, answer, used(bundle)));
                bundle.leave();
                gone.add(part);
                // Looked at in steps that double: most often a few of very many suffice.
                if (leaving.size() >= Math.max(8, 2 * failing)) {
                    suffices = fits(group);
                    if (suffices) {
                        break;
                    }
                    failing = leaving.size();
                }
            } else if (answer == Rights.Answer.TOO_LARGE) {
                tooLarge.add(bundle);
            }
        }
        if (!suffices && (leaving.size() == failing || !fits(group))) {
            tooLarge.forEach(Bundle::leave);
            boolean granular = !tooLarge.isEmpty() && fits(group);
            tooLarge.forEach(Bundle::comeBack);
            comeBack(leaving);
            nobody(taker, group, granular ? EvictionReasons.granularity(tooLarge) : null);
            return List.of();
        }
        keepTheFirstThatSuffice(leaving, group);
        fillBack(leaving, group);
        long gangs = leaving.stream().filter(each -> each.bundle.wholeGang).count();
        if (leaving.isEmpty() || gangsEnded + gangs > mostGangs) {
            comeBack(leaving);
            if (!leaving.isEmpty()) {
                acts.granular(taker.id(), bound());
            }
            return List.of();
        }
        gangsEnded += (int) gangs;
        give(taker, group, leaving, rights, lacks);
        return leaving.stream().map(Leaves::bundle).toList();
    }

    private boolean isKnownToBeHopeless(PendingJob taker, Group group, List<Bundle> left) {
        if (memory == null) {
            return false;
        }
        memory.in(world, left);
        Hopeless.Answer answer = memory.of(taker, group);
        if (answer != null && answer.granularity() != null) {
            acts.granular(taker.id(), answer.granularity());
        }
        return answer != null;
    }

    private void nobody(PendingJob taker, Group group, @Nullable Reason granularity) {
        if (granularity != null) {
            acts.granular(taker.id(), granularity);
        }
        if (memory != null) {
            memory.note(taker, group, granularity);
        }
    }

    /** One for all whom it stops: it is the same for each. */
    private Reason bound() {
        if (bound == null || boundAt != gangsEnded) {
            bound = reasons.bound(gangsEnded, mostGangs);
            boundAt = gangsEnded;
        }
        return bound;
    }

    private boolean fits(Group group) {
        if (!world.ledger.takes(group.queue, group.asked)) {
            return false;
        }
        return count == null
                ? world.packer.fitsExactly(group.shape, world.quota(group.queue))
                : count.fits() >= group.shape.minimum(0);
    }

    private long[] used(Bundle bundle) {
        long[] used = new long[world.ledger.width()];
        for (int r = 0; r < used.length; r++) {
            used[r] = world.ledger.used(bundle.queue, r);
        }
        return used;
    }

    private static void comeBack(List<Leaves> leaving) {
        for (int i = leaving.size() - 1; i >= 0; i--) {
            leaving.get(i).bundle.comeBack();
        }
    }

    /** All have left; lets as many of the last come back as may, by halves. */
    private void keepTheFirstThatSuffice(List<Leaves> leaving, Group group) {
        int low = 0;
        int high = leaving.size();
        int out = leaving.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            out = move(leaving, out, middle);
            if (fits(group)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        move(leaving, out, high);
        leaving.subList(high, leaving.size()).clear();
    }

    private static int move(List<Leaves> leaving, int out, int target) {
        for (int i = out; i > target; i--) {
            leaving.get(i - 1).bundle.comeBack();
        }
        for (int i = out; i < target; i++) {
            leaving.get(i).bundle.leave();
        }
        return target;
    }

    /** Whoever need not go stays, those that lose most first. */
    private void fillBack(List<Leaves> leaving, Group group) {
        for (int i = leaving.size() - 1; i >= 0; i--) {
            Bundle bundle = leaving.get(i).bundle;
            if (bundle.goesWithItsGang(leaving.stream().map(Leaves::bundle))) {
                continue;
            }
            bundle.comeBack();
            if (fits(group)) {
                leaving.remove(i);
            } else {
                bundle.leave();
            }
        }
    }

    private void give(PendingJob taker, Group group, List<Leaves> leaving, Rights rights, boolean[] lacks) {
        Placement placement = world.packer.packExactly(group.shape, world.quota(group.queue));
        if (placement == null) {
            throw new IllegalStateException("Room for %s was there and is gone".formatted(taker.id()));
        }
        List<LiveAttempt.Held> claim = Launches.promise(taker, placement);
        world.book(group.queue, group.shape, claim);
        Map<LiveAttempt, List<Leaves>> byAttempt = new LinkedHashMap<>();
        for (Leaves each : leaving) {
            each.bundle.stayOnNodes();
            if (bundles != null) {
                bundles.gone(each.bundle);
            }
            byAttempt
                    .computeIfAbsent(each.bundle.attempt, attempt -> new ArrayList<>())
                    .add(each);
        }
        byAttempt.forEach((attempt, parts) -> acts.add(decision(taker, attempt, parts, rights, lacks)));
        acts.hold(
                taker.id(),
                EvictionReasons.roomIsMade(
                        taker, leaving.stream().map(Leaves::bundle).toList()));
        acts.decided(taker.id(), claim);
    }

    private Decision decision(
            PendingJob taker, LiveAttempt attempt, List<Leaves> parts, Rights rights, boolean[] lacks) {
        for (Leaves part : parts) {
            if (part.bundle.wholeGang) {
                return new Decision.Evict(
                        attempt.id().job(), attempt.id(), taker.id(), reason(taker, part, rights, lacks));
            }
        }
        List<LiveAttempt.Held> pods = new ArrayList<>();
        parts.forEach(part -> pods.addAll(part.bundle.pods));
        Leaves first = parts.get(0);
        return new Decision.Shrink(attempt.id().job(), pods, taker.id(), reason(taker, first, rights, lacks));
    }

    private Reason reason(PendingJob taker, Leaves leaves, Rights rights, boolean[] lacks) {
        return rights.reason(
                leaves.bundle,
                leaves.by,
                reasons.numbers(taker, leaves.bundle, lacks, leaves.used),
                reasons.detail(leaves.bundle, lacks, leaves.used));
    }

    /** Of which resources there is too little; where it is only in pieces, or too little of single pools, of all that are asked. */
    private boolean[] lacks(Group group) {
        boolean[] lacks = new boolean[group.asked.length];
        long[] free = world.room.free(group.shape);
        boolean any = false;
        for (int r = 0; r < lacks.length; r++) {
            long asked = group.asked[r];
            boolean full = asked > 0 && asked > (r < free.length ? free[r] : world.freeInPool(r));
            lacks[r] = asked > 0 && (full || world.ledger.refusal(group.queue, r, asked) != null);
            any |= lacks[r];
        }
        for (int r = 0; r < lacks.length && !any; r++) {
            lacks[r] = group.asked[r] > 0;
        }
        return lacks;
    }
}
