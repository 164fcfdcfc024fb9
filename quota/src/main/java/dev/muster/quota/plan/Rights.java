package dev.muster.quota.plan;

import dev.muster.quota.queue.Ledger;
import dev.muster.quota.resource.Resources;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who may end whom. <i>Preempt</i>: inside a queue, a strictly higher priority whose class may. <i>Reclaim</i>: between queues,
 * compared at the children of their lowest common ancestor: the taker stays within what it deserves; the queue that gives, and
 * each between it and that child, is above what it deserves before and not below it after. Nobody falls below its guarantee;
 * nobody beyond the nearest fence above the taker is touched.
 */
final class Rights {
    private final Ledger ledger;
    private final PlanSettings.Eviction settings;
    private final PendingJob taker;
    private final Group group;
    private final boolean[] lacks;

    /** {@code lacks}: the resources of which there is too little for the taker. */
    Rights(World world, PendingJob taker, Group group, boolean[] lacks) {
        this.ledger = world.ledger;
        this.settings = world.snapshot.settings().eviction();
        this.taker = taker;
        this.group = group;
        this.lacks = lacks;
    }

    /** NO: not at all. TOO_LARGE: its queue is above what it deserves, and would be below it without this gang. */
    enum Answer {
        PREEMPT,
        RECLAIM,
        TOO_LARGE,
        NO
    }

    /** False where the answer is no for everybody: it may not preempt, and its queues would hold more than they deserve. */
    boolean areAny() {
        boolean any = settings.preempt() && taker.traits().mayPreempt();
        for (int q = group.queue; q != Ledger.NONE && settings.reclaim() && !any; q = ledger.parent(q)) {
            any = staysWithinDeserved(q);
        }
        return any;
    }

    /** Asked in the order in which bundles go: what went before is already out of the ledger. */
    Answer may(Bundle bundle) {
        if (!isUseful(bundle)) {
            return Answer.NO;
        }
        if (bundle.queue == group.queue) {
            boolean may = settings.preempt()
                    && taker.traits().mayPreempt()
                    && bundle.attempt.priority() < taker.priority()
                    && leavesGuarantee(bundle);
            return may ? Answer.PREEMPT : Answer.NO;
        }
        return settings.reclaim() ? reclaim(bundle) : Answer.NO;
    }

    /** Why it stays, of one that {@link #may} not go now. */
    Waits.Stays stays(Bundle bundle) {
        if (bundle.queue == group.queue) {
            if (!settings.preempt()) {
                return Waits.Stays.PREEMPTION_OFF;
            }
            boolean isLower = bundle.attempt.priority() < taker.priority();
            return taker.traits().mayPreempt() && isLower ? Waits.Stays.GUARANTEED : Waits.Stays.PRIORITY;
        }
        if (!settings.reclaim()) {
            return Waits.Stays.RECLAIM_OFF;
        }
        int fence = ledger.fence(group.queue);
        if (fence != Ledger.NONE && !isAbove(fence, bundle.queue)) {
            return Waits.Stays.FENCE;
        }
        int common = lowestCommonAncestor(group.queue, bundle.queue);
        int taking = childBelow(common, group.queue);
        if (taking == Ledger.NONE || !staysWithinDeserved(taking)) {
            return Waits.Stays.TAKER_ABOVE_DESERVED;
        }
        for (int q = bundle.queue; q != common; q = ledger.parent(q)) {
            for (int r = 0; r < lacks.length; r++) {
                boolean counts = lacks[r] && bundle.amounts()[r] > 0 && ledger.says(q, r);
                if (counts && ledger.used(q, r) <= ledger.deserved(q, r)) {
                    return Waits.Stays.DESERVED;
                }
            }
        }
        return leavesGuarantee(bundle) ? Waits.Stays.TOO_LARGE : Waits.Stays.GUARANTEED;
    }

    private boolean isUseful(Bundle bundle) {
        for (int r = 0; r < lacks.length; r++) {
            if (lacks[r] && bundle.amounts()[r] > 0) {
                return true;
            }
        }
        return false;
    }

    private Answer reclaim(Bundle bundle) {
        int fence = ledger.fence(group.queue);
        if (fence != Ledger.NONE && !isAbove(fence, bundle.queue)) {
            return Answer.NO;
        }
        int common = lowestCommonAncestor(group.queue, bundle.queue);
        int taking = childBelow(common, group.queue);
        int giving = childBelow(common, bundle.queue);
        if (taking == Ledger.NONE || giving == Ledger.NONE || !staysWithinDeserved(taking)) {
            return Answer.NO;
        }
        boolean notBelow = true;
        for (int q = bundle.queue; q != common; q = ledger.parent(q)) {
            for (int r = 0; r < lacks.length; r++) {
                if (lacks[r] && bundle.amounts()[r] > 0 && ledger.says(q, r)) {
                    if (ledger.used(q, r) <= ledger.deserved(q, r)) {
                        return Answer.NO;
                    }
                    notBelow &= ledger.used(q, r) - bundle.amounts()[r] >= ledger.deserved(q, r);
                }
            }
        }
        if (!leavesGuarantee(bundle)) {
            return Answer.NO;
        }
        return notBelow ? Answer.RECLAIM : bundle.wholeGang ? Answer.TOO_LARGE : Answer.NO;
    }

    /** Of what it lacks: who names only the gpus that a queue deserves does not mean that its jobs may ask for no cpu. */
    private boolean staysWithinDeserved(int queue) {
        for (int r = 0; r < lacks.length; r++) {
            long asked = group.asked[r];
            if (lacks[r] && asked > 0 && Resources.add(ledger.used(queue, r), asked) > ledger.deserved(queue, r)) {
                return false;
            }
        }
        return true;
    }

    /** What the taker brings counts where it comes to the same queues. */
    private boolean leavesGuarantee(Bundle bundle) {
        for (int q = bundle.queue; q != Ledger.NONE; q = ledger.parent(q)) {
            boolean shared = isAbove(q, group.queue);
            for (int r = 0; r < lacks.length; r++) {
                long used = ledger.used(q, r);
                long after = used - bundle.amounts()[r] + (shared ? group.asked[r] : 0);
                if (bundle.amounts()[r] > 0 && after < Math.min(ledger.guarantee(q, r), used)) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean isAbove(int queue, int below) {
        for (int q = below; q != Ledger.NONE; q = ledger.parent(q)) {
            if (q == queue) {
                return true;
            }
        }
        return false;
    }

    private int lowestCommonAncestor(int a, int b) {
        for (int q = a; q != Ledger.NONE; q = ledger.parent(q)) {
            if (isAbove(q, b)) {
                return q;
            }
        }
        return Ledger.NONE;
    }

    /** The queue on the way from {@code above} down to {@code queue}, right below the first; NONE where they are the same. */
    private int childBelow(int above, int queue) {
        int child = Ledger.NONE;
        for (int q = queue; q != above; q = ledger.parent(q)) {
            child = q;
        }
        return child;
    }

    /** Why the bundle gives way, on both sides, with the numbers before it went. */
    Reason reason(Bundle bundle, Answer answer, Map<String, String> numbers, @Nullable String detail) {
        String held = "%d pods".formatted(bundle.count());
        return answer == Answer.PREEMPT
                ? new Reason(
                        ReasonCode.PREEMPTED,
                        "%s gave way to job %s of the same queue %s: priority %d before %d, whose class may preempt"
                                .formatted(
                                        held, taker.id(), taker.queue(), taker.priority(), bundle.attempt.priority()),
                        null,
                        numbers)
                : new Reason(
                        ReasonCode.RECLAIMED,
                        "%s gave way to job %s of queue %s, which takes back what it deserves%s"
                                .formatted(held, taker.id(), taker.queue(), detail == null ? "" : ": " + detail),
                        null,
                        numbers);
    }
}
