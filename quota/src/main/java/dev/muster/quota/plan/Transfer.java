package dev.muster.quota.plan;

import dev.muster.quota.name.JobId;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.resource.Resources;
import java.util.ArrayList;
import java.util.List;

/**
 * What stands against it that a gang which runs goes on in the account of another queue: what it holds is taken off the one and booked
 * to the other, with its pods where they are. Room on nodes is left aside: none is taken, none comes free.
 */
public final class Transfer {
    private Transfer() {}

    /** Empty where nothing stands against it, and where the job holds nothing. */
    public static List<Reason> against(Snapshot snapshot, JobId job, QueueName to) {
        List<LiveAttempt> others = snapshot.live().stream()
                .filter(attempt -> !attempt.id().job().equals(job))
                .toList();
        List<Reason> reasons = new ArrayList<>();
        snapshot.live().stream()
                .filter(attempt -> attempt.id().job().equals(job))
                .forEach(attempt -> reasons.addAll(against(snapshot, attempt, others, to)));
        return reasons;
    }

    private static List<Reason> against(
            Snapshot snapshot, LiveAttempt attempt, List<LiveAttempt> others, QueueName to) {
        World world = World.of(snapshot.with(List.of(), snapshot.live()));
        long[] held = held(world, attempt);
        world.ledger.remove(world.ledger.number(attempt.queue()), held);
        int target = world.ledger.number(to);
        List<Reason> reasons = new ArrayList<>(new QuotaReasons(world).of(target, held));
        World without = World.of(snapshot.with(List.of(), others));
        Resources asked = attempt.pods().stream()
                .map(pods -> pods.pod().times(pods.count()))
                .reduce(Resources.NONE, Resources::plus);
        Reason limit = new LimitBook(without).refusal(without.ledger.number(to), attempt.traits(), asked, false);
        if (limit != null) {
            reasons.add(limit);
        }
        return reasons;
    }

    private static long[] held(World world, LiveAttempt attempt) {
        long[] wide = new long[world.ledger.width()];
        for (LiveAttempt.Held pods : attempt.pods()) {
            long[] all = world.index.vector(pods.pod().times(pods.count()));
            for (int r = 0; r < all.length; r++) {
                wide[r] = Resources.add(wide[r], all[r]);
            }
        }
        world.inPools(attempt.pods(), (place, amount) -> wide[place] = Resources.add(wide[place], amount));
        return wide;
    }
}
