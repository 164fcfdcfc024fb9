package dev.muster.quota.plan;

import dev.muster.quota.fit.Headcount;
import dev.muster.quota.fit.Placement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who gives way for one taker, by right and in the order in which they are to go: as few as suffice, and nobody where all that
 * may go do not. While they leave on trial the world is as if they were gone.
 */
final class GivingWay {
    private final World world;
    private final PendingJob taker;
    private final Group group;
    /** Of which resources there is too little. */
    private final boolean[] lacks;

    private final Rights rights;
    private final List<Bundle> tooLarge = new ArrayList<>();
    private boolean someMight;
    /** Where a count says whether the gang fits. */
    private @Nullable Headcount count;

    GivingWay(World world, PendingJob taker, Group group) {
        this.world = world;
        this.taker = taker;
        this.group = group;
        this.lacks = lacks(world, group);
        this.rights = new Rights(world, taker, group, lacks);
    }

    /** {@code used}: what its queue held before it went; put into words for those alone that really go. */
    record Leaves(Bundle bundle, Rights.Answer by, long[] used) {}

    /** False where nobody need be asked: it has a right to nobody's room. */
    boolean isConceivable() {
        return rights.areAny();
    }

    /** True where it has room and quota as the world is now. */
    boolean isNotNeeded() {
        return fits();
    }

    /** Those of {@code left} who leave, gone now; empty where nobody may, or where it would not help. */
    List<Leaves> outOf(List<Bundle> left) {
        count = world.packer.startCounting(group.shape, world.quota(group.queue));
        try {
            List<Leaves> leaving = untilItFits(left);
            keepTheFirstThatSuffice(leaving);
            fillBack(leaving);
            return leaving;
        } finally {
            world.packer.stopCounting();
            count = null;
        }
    }

    /** After {@link #outOf} found nobody: true where some might have gone by right, so that it depends on who is asked first. */
    boolean someMight() {
        return someMight;
    }

    /** After {@link #outOf} found nobody: gangs that might have gone were they smaller, where it fits without them. */
    List<Bundle> tooLarge() {
        return tooLarge;
    }

    /** All that may go, one after the other, until it fits; nobody where it does not. */
    private List<Leaves> untilItFits(List<Bundle> left) {
        List<Leaves> leaving = new ArrayList<>();
        int failing = 0;
        Set<Bundle> gone = new HashSet<>();
        for (Bundle part : left) {
            Bundle bundle = part.elastic().isEmpty()
                    ? part
                    : part.with(part.elastic().stream()
                            .filter(each -> !gone.contains(each))
                            .toList());
            Rights.Answer answer = rights.may(bundle);
            someMight |= answer != Rights.Answer.NO;
            if (answer == Rights.Answer.PREEMPT || answer == Rights.Answer.RECLAIM) {
                leaving.add(new Leaves(bundle, answer, used(bundle)));
                bundle.leave();
                gone.add(part);
                // Looked at in steps that double: most often a few of very many suffice.
                if (leaving.size() >= Math.max(8, 2 * failing)) {
                    if (fits()) {
                        return leaving;
                    }
                    failing = leaving.size();
                }
            } else if (answer == Rights.Answer.TOO_LARGE) {
                tooLarge.add(bundle);
            }
        }
        if (leaving.size() > failing && fits()) {
            return leaving;
        }
        tooLarge.forEach(Bundle::leave);
        boolean wouldSuffice = !tooLarge.isEmpty() && fits();
        tooLarge.forEach(Bundle::comeBack);
        if (!wouldSuffice) {
            tooLarge.clear();
        }
        comeBack(leaving);
        return new ArrayList<>();
    }

    private long[] used(Bundle bundle) {
        long[] used = new long[world.ledger.width()];
        for (int r = 0; r < used.length; r++) {
            used[r] = world.ledger.used(bundle.queue, r);
        }
        return used;
    }

    static void comeBack(List<Leaves> leaving) {
        for (int i = leaving.size() - 1; i >= 0; i--) {
            leaving.get(i).bundle.comeBack();
        }
    }

    /** All have left; lets as many of the last come back as may, by halves. */
    private void keepTheFirstThatSuffice(List<Leaves> leaving) {
        int low = 0;
        int high = leaving.size();
        int out = leaving.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            out = move(leaving, out, middle);
            if (fits()) {
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
    private void fillBack(List<Leaves> leaving) {
        for (int i = leaving.size() - 1; i >= 0; i--) {
            Bundle bundle = leaving.get(i).bundle;
            if (bundle.goesWithItsGang(leaving.stream().map(Leaves::bundle))) {
                continue;
            }
            bundle.comeBack();
            if (fits()) {
                leaving.remove(i);
            } else {
                bundle.leave();
            }
        }
    }

    private boolean fits() {
        if (!world.ledger.takes(group.queue, group.asked)) {
            return false;
        }
        return count == null
                ? world.packer.fitsExactly(group.shape, world.quota(group.queue))
                : count.fits() >= group.shape.minimum(0);
    }

    /** Takes the room that they leave; it must be there. */
    List<LiveAttempt.Held> claim() {
        Placement placement = world.packer.packExactly(group.shape, world.quota(group.queue));
        if (placement == null) {
            throw new IllegalStateException("Room for %s was there and is gone".formatted(taker.id()));
        }
        return Launches.promise(taker, placement);
    }

    /** What becomes of one attempt of which these parts leave. */
    Decision decision(LiveAttempt attempt, List<Leaves> parts, EvictionReasons reasons) {
        for (Leaves part : parts) {
            if (part.bundle.wholeGang) {
                return new Decision.Evict(attempt.id().job(), attempt.id(), taker.id(), reason(part, reasons));
            }
        }
        List<LiveAttempt.Held> pods = new ArrayList<>();
        parts.forEach(part -> pods.addAll(part.bundle.pods));
        return new Decision.Shrink(attempt.id().job(), pods, taker.id(), reason(parts.get(0), reasons));
    }

    private Reason reason(Leaves leaves, EvictionReasons reasons) {
        return rights.reason(
                leaves.bundle,
                leaves.by,
                reasons.numbers(taker, leaves.bundle, lacks, leaves.used),
                reasons.detail(leaves.bundle, lacks, leaves.used));
    }

    /** Where it is only in pieces, or too little of single pools, of all that are asked. */
    static boolean[] lacks(World world, Group group) {
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
