package dev.muster.quota.plan;

import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    private final Exits exits;
    /** Who began to wait by then may take. */
    private final Instant waitsLongEnough;

    private @Nullable TakersByGroup ofGroups;
    private @Nullable TakerLines takers;
    private int hopeless;
    private boolean lotsAreDrawn;
    private List<Entry> drawn = List.of();
    /** Numbers of their groups. */
    private final BitSet lots = new BitSet();

    private boolean noneHasARight;
    private int changesThen;
    private int rememberedAt = -1;
    private @Nullable Bundles bundles;
    private final int mostGangs;
    private int gangsEnded;
    private @Nullable Reason bound;
    private int boundAt;

    /** {@code of}: of earlier cycles, null for none. */
    MakingRoom(World world, Groups groups, Acts acts, @Nullable Memory of) {
        this.memory = of == null ? null : of.hopeless();
        this.exits = of == null ? new Exits() : of.exits();
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

    /** Another pass begins: what found nobody may find somebody. */
    void newPass() {
        hopeless = 0;
        rememberedAt = -1;
    }

    /** Of each group that found no room or quota the first job that waited long enough: these take part in the turns; null for nobody. */
    @Nullable
    TakerLines takers(Sieve sieve) {
        drawn = List.of();
        lots.clear();
        lotsAreDrawn = false;
        changesThen = -1;
        ofGroups = settings.isOn()
                ? sieve.takers(
                        waitsLongEnough,
                        settings.reclaim() ? null : job -> job.traits().mayPreempt())
                : null;
        takers = ofGroups == null ? null : new TakerLines(world, sieve, ofGroups, number -> true);
        return takers;
    }

    /** True where the entry is one of {@link #takers}, too. */
    boolean isTaker(Entry entry) {
        return ofGroups != null && ofGroups.isFirst(entry.number(), entry.job());
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
            noneHasARight = drawn.stream().noneMatch(entry -> !isHopeless(entry.group()) && isConceivable(entry));
            earlier.forEach(Bundle::stayInLedger);
        }
        return noneHasARight;
    }

    private boolean isConceivable(Entry taker) {
        Hopeless.Answer known = known(taker.job(), taker.group());
        return known == null ? new GivingWay(world, taker.job(), taker.group()).isConceivable() : known.conceivable();
    }

    private boolean isHopeless(Group group) {
        return ofGroups != null && ofGroups.isHopeless(group);
    }

    /**
     * Where the same takers stand first in every cycle and nobody can ever give way for them, those behind must have their chance
     * too: after half of the failures only who is drawn for this second may try.
     */
    private void drawLots() {
        lotsAreDrawn = true;
        if (ofGroups != null && takers != null && ofGroups.size() > MOST_FAILURES) {
            drawn = new ArrayList<>();
            for (int number : ofGroups.winners(new Lots(world.snapshot.now()), MOST_FAILURES / 2)) {
                drawn.add(takers.taker(number));
                lots.set(number);
            }
        }
    }

    private boolean failuresAreEnough(Entry entry) {
        return failuresAreEnoughForMost() && (hopeless >= MOST_FAILURES || !lots.get(entry.number()));
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
        TakersByGroup all = ofGroups;
        if (all == null || (gangsEnded < mostGangs && !failuresAreEnoughForMost())) {
            return false;
        }
        acts.granularForOthers(bound(), all);
        return true;
    }

    boolean isOn() {
        return settings.isOn();
    }

    /** The first of the group with this number. */
    boolean asks(int number) {
        return !drawn.isEmpty() && lots.get(number) && gangsEnded < mostGangs && hopeless < MOST_FAILURES;
    }

    private boolean mayEverTake(PendingJob job) {
        return settings.reclaim() || job.traits().mayPreempt();
    }

    /** Ends others for a job that did not fit in its turn; true where its room is being made now. */
    boolean makeFor(Entry taker) {
        Group group = taker.group();
        TakersByGroup all = ofGroups;
        if (all == null
                || all.isHopeless(group)
                || !mayEverTake(taker.job())
                || taker.job().since().isAfter(waitsLongEnough)) {
            return false;
        }
        if (failuresAreEnough(taker) || gangsEnded >= mostGangs) {
            acts.granular(taker.job().id(), bound());
            return false;
        }
        // Who may take from whom is judged as if those who leave already were gone.
        List<Bundle> earlier = List.copyOf(acts.leaving());
        earlier.forEach(Bundle::leaveLedger);
        List<Bundle> now = giveWay(taker.job(), group);
        earlier.forEach(Bundle::stayInLedger);
        now.forEach(Bundle::stayInLedger);
        acts.leaving(now);
        if (now.isEmpty()) {
            all.hopeless(group);
            hopeless++;
        }
        return !now.isEmpty();
    }

    /** Those who leave, out of the ledger; empty where nobody may, or where it would not help. */
    private List<Bundle> giveWay(PendingJob taker, Group group) {
        Hopeless.Answer known = known(taker, group);
        if (known != null) {
            tell(taker, known);
            return List.of();
        }
        GivingWay way = new GivingWay(world, taker, group);
        boolean conceivable = way.isConceivable();
        if (!conceivable || way.isNotNeeded()) {
            nobody(taker, group, new Hopeless.Answer(conceivable, null), true);
            return List.of();
        }
        List<GivingWay.Leaves> leaving = way.outOf(bundles().left());
        if (leaving.isEmpty()) {
            Reason tooLarge = way.tooLarge().isEmpty() ? null : EvictionReasons.granularity(way.tooLarge());
            nobody(taker, group, new Hopeless.Answer(true, tooLarge), !way.someMight());
            return List.of();
        }
        long gangs = leaving.stream().filter(each -> each.bundle().wholeGang).count();
        if (gangsEnded + gangs > mostGangs) {
            GivingWay.comeBack(leaving);
            acts.granular(taker.id(), bound());
            return List.of();
        }
        gangsEnded += (int) gangs;
        give(taker, group, leaving, way);
        return leaving.stream().map(GivingWay.Leaves::bundle).toList();
    }

    private Bundles bundles() {
        Bundles known = bundles;
        if (known == null) {
            known = new Bundles(world, exits, acts.leaving());
            bundles = known;
        }
        return known;
    }

    /** What earlier cycles found of such a taker in the state in which the world is now, those who leave out of the ledger. */
    private Hopeless.@Nullable Answer known(PendingJob taker, Group group) {
        if (memory == null) {
            return null;
        }
        int changes = acts.launches() + acts.leaving().size();
        if (changes != rememberedAt) {
            rememberedAt = changes;
            memory.in(world, bundles());
        }
        return memory.of(taker, group);
    }

    private void nobody(PendingJob taker, Group group, Hopeless.Answer answer, boolean whateverOrder) {
        tell(taker, answer);
        if (memory != null) {
            memory.note(taker, group, answer, whateverOrder);
        }
    }

    private void tell(PendingJob taker, Hopeless.Answer answer) {
        if (answer.granularity() != null) {
            acts.granular(taker.id(), answer.granularity());
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

    private void give(PendingJob taker, Group group, List<GivingWay.Leaves> leaving, GivingWay way) {
        List<LiveAttempt.Held> claim = way.claim();
        world.book(group.queue, group.shape, claim);
        Map<LiveAttempt, List<GivingWay.Leaves>> byAttempt = new LinkedHashMap<>();
        for (GivingWay.Leaves each : leaving) {
            each.bundle().stayOnNodes();
            if (bundles != null) {
                bundles.gone(each.bundle());
            }
            byAttempt
                    .computeIfAbsent(each.bundle().attempt, attempt -> new ArrayList<>())
                    .add(each);
        }
        byAttempt.forEach((attempt, parts) -> acts.add(way.decision(attempt, parts, reasons)));
        acts.hold(
                taker.id(),
                EvictionReasons.roomIsMade(
                        taker, leaving.stream().map(GivingWay.Leaves::bundle).toList()));
        acts.decided(taker.id(), claim);
    }
}
