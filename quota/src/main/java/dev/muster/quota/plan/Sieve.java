package dev.muster.quota.plan;

import dev.muster.quota.fit.Supply;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds, before the turns of one pass, who takes part in them, by the numbers of the table: who may start, who of each queue waits
 * first for nodes, and who may take room from others.
 */
final class Sieve {
    private final World world;
    private final Groups groups;
    private final Acts acts;
    private final Crowd crowd;
    private final WaitingTable table;
    private final Wants wants;
    private final Outlook outlook;
    private final int pass;
    private boolean anyMayStart;

    /** {@code pass} is the number of this pass, from 1. */
    Sieve(World world, Groups groups, Acts acts, Supply supply, int pass) {
        this.pass = pass;
        this.world = world;
        this.groups = groups;
        this.acts = acts;
        crowd = world.crowd;
        table = crowd.table;
        wants = table.wants;
        outlook = new Outlook(world, groups, supply);
    }

    /** Jobs that may start. */
    List<Entry> mayStart() {
        List<Entry> entries = new ArrayList<>();
        for (int c = 0; c < table.chunks(); c++) {
            WaitingTable.Chunk chunk = table.chunk(c);
            for (int i = 0; i < chunk.size(); i++) {
                if (outlook.mayStart(chunk, i, c)) {
                    anyMayStart = true;
                    if (!acts.isDecided(chunk.job(i).id())) {
                        entries.add(new Candidate(chunk, i, c, true));
                    }
                }
            }
        }
        return entries;
    }

    /** Of each queue the first that fits in quota and waits for nodes; nobody where none may start, for then nobody could pass it. */
    List<Entry> firstOfEachQueueThatWaits() {
        List<Entry> heads = new ArrayList<>();
        if (anyMayStart && world.snapshot.settings().backfill().depth() > 0) {
            findHeads(heads);
        }
        return heads;
    }

    /** Of each group that cannot start the first of those who may take room from others. */
    TakersByGroup takers(Instant latest, @Nullable Predicate<PendingJob> wanted) {
        TakersByGroup takers = new TakersByGroup(world, acts, latest, wanted);
        for (int c = 0; c < table.chunks(); c++) {
            WaitingTable.Chunk chunk = table.chunk(c);
            for (int i = 0; i < chunk.size(); i++) {
                int group = crowd.number(c, i);
                if (takers.mayBeFirst(group, chunk.keys()[i])
                        && groups.isOpen(crowd.queue(chunk.queues()[i]))
                        && !outlook.mayStart(chunk, i, c)) {
                    takers.offer(group, chunk, i);
                }
            }
        }
        return takers;
    }

    /** They take part, in the order of the list. */
    List<Entry> entries(TakersByGroup takers) {
        List<Entry> entries = new ArrayList<>(takers.size());
        for (int c = 0; c < table.chunks(); c++) {
            WaitingTable.Chunk chunk = table.chunk(c);
            for (int i = 0; i < chunk.size(); i++) {
                if (takers.isFirst(crowd.number(c, i), chunk.jobs()[i])) {
                    entries.add(new Candidate(chunk, i, c, false));
                }
            }
        }
        return entries;
    }

    /** True where a gang of several roles waits for nodes; false where nobody may start. */
    boolean severalRolesWait() {
        for (int c = 0; c < table.chunks() && anyMayStart; c++) {
            WaitingTable.Chunk chunk = table.chunk(c);
            for (int i = 0; i < chunk.size(); i++) {
                if (wants.roles(chunk.want(i)) > 1 && outlook.waitsForNodes(chunk, i, c)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** True where a job of which nothing is decided waits for nodes, by what was found of it in its turn if it had one. */
    boolean anyWaitsForNodes() {
        for (int c = 0; c < table.chunks(); c++) {
            WaitingTable.Chunk chunk = table.chunk(c);
            for (int i = 0; i < chunk.size(); i++) {
                Group group = crowd.known(c, i);
                boolean waits = group == null || group.pass != pass
                        ? outlook.waitsForNodes(chunk, i, c)
                        : group.standing == Group.Standing.WAITS_FOR_NODES && outlook.quota(chunk, i, c);
                if (waits && !acts.isDecided(chunk.job(i).id())) {
                    return true;
                }
            }
        }
        return false;
    }

    /** One that takes part, by the numbers of the table; nobody has looked at its group yet. */
    final class Candidate extends Entry {
        private final WaitingTable.Chunk chunk;
        private final int at;
        private final int c;
        private final boolean mayStart;

        private Candidate(WaitingTable.Chunk chunk, int at, int c, boolean mayStart) {
            super(crowd.queue(chunk.queues()[at]));
            this.chunk = chunk;
            this.at = at;
            this.c = c;
            this.mayStart = mayStart;
        }

        @Override
        PendingJob job() {
            return chunk.job(at);
        }

        @Override
        Group found() {
            return entered(c, at, standing());
        }

        private Group.Standing standing() {
            if (mayStart) {
                return Group.Standing.MAY_START;
            }
            return outlook.waitsForNodes(chunk, at, c) ? Group.Standing.WAITS_FOR_NODES : Group.Standing.REFUSED;
        }

        @Override
        long key(JobOrder.Inside order) {
            return order.ages() ? order.key(job()) : chunk.keys()[at];
        }

        @Override
        boolean mayStartAtFirst() {
            return mayStart;
        }

        @Override
        int number() {
            return crowd.number(c, at);
        }

        /** What is known by now. */
        boolean mayStillFit() {
            return mayStart && outlook.mayStillFit(chunk, at, c);
        }

        /** Where it does not fit: true where it ever could. */
        boolean waits() {
            return mayStart ? outlook.couldHold(chunk, at, c) : outlook.waitsForNodes(chunk, at, c);
        }

        boolean hasSeveralRoles() {
            return wants.roles(chunk.want(at)) > 1;
        }

        /** It was found to wait for nodes. */
        Entry waiting() {
            return new Entry(job(), entered(c, at, Group.Standing.WAITS_FOR_NODES));
        }
    }

    /** The group; what was found of it in this pass already stands. */
    private Group entered(int c, int at, Group.Standing standing) {
        Group group = crowd.at(c, at);
        if (group.pass != pass) {
            group.pass = pass;
            group.standing = standing;
            group.mayStartAtFirst = standing == Group.Standing.MAY_START;
            group.behind = null;
        }
        return group;
    }

    private void findHeads(List<Entry> heads) {
        int queues = world.ledger.queues();
        @Nullable Candidate[] first = new Candidate[queues];
        long[] best = new long[queues];
        JobOrder.Inside order = world.insideAQueue;
        for (int c = 0; c < table.chunks(); c++) {
            WaitingTable.Chunk chunk = table.chunk(c);
            for (int i = 0; i < chunk.size(); i++) {
                int queue = crowd.queue(chunk.queues()[i]);
                if (!groups.isOpen(queue)) {
                    continue;
                }
                long key = order.ages() ? order.key(chunk.job(i)) : chunk.keys()[i];
                Candidate known = first[queue];
                boolean before = known == null
                        || key < best[queue]
                        || (key == best[queue] && order.compare(chunk.job(i), known.job()) < 0);
                if (before
                        && outlook.waitsForNodes(chunk, i, c)
                        && !acts.isDecided(chunk.job(i).id())) {
                    first[queue] = new Candidate(chunk, i, c, false);
                    best[queue] = key;
                }
            }
        }
        for (Candidate head : first) {
            if (head != null) {
                heads.add(head.waiting());
            }
        }
    }
}
