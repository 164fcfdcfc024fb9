package dev.muster.quota.plan;

import dev.muster.quota.fit.Supply;
import dev.muster.quota.queue.Ledger;
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
        outlook = new Outlook(world, groups, supply);
    }

    /** Jobs that may start. */
    List<Entry> mayStart() {
        List<Entry> entries = new ArrayList<>();
        for (Rows rows : crowd.rows()) {
            for (int row = 0; row < rows.size; row++) {
                Object first = rows.first[row];
                if (first != null && outlook.mayStart(rows.numbers[row], first)) {
                    anyMayStart = true;
                    enter(entries, rows, row);
                }
            }
        }
        return entries;
    }

    private void enter(List<Entry> entries, Rows rows, int row) {
        for (int at = 0; at < rows.jobs(row); at++) {
            Object job = rows.any(row, at);
            if (!isDecided(job)) {
                entries.add(new Candidate(job, rows.numbers[row], rows.key(row, at), true));
            }
        }
    }

    private boolean isDecided(Object job) {
        return acts.anyDecided() && acts.isDecided(((PendingJob) job).id());
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
        TakersByGroup takers = new TakersByGroup(crowd.mostGroups(), acts, latest, wanted);
        for (Rows rows : crowd.rows()) {
            for (int row = 0; row < rows.size; row++) {
                Object first = rows.first[row];
                int number = rows.numbers[row];
                if (first != null
                        && takers.mayBeFirst(number, rows.keys[row])
                        && groups.isOpen(crowd.queue(number))
                        && !outlook.mayStart(number, first)) {
                    takers.offer(number, rows, row);
                }
            }
        }
        return takers;
    }

    /** The one of the group with this number. */
    Entry taker(TakersByGroup takers, int number) {
        return new Candidate(takers.first(number), number, takers.key(number), false);
    }

    /** True where such a job waits for nodes, by what was known when the pass began. */
    boolean waitsForNodes(TakersByGroup takers, int number) {
        return outlook.waitsForNodes(number, takers.first(number));
    }

    /** True where a gang of several roles waits for nodes; false where nobody may start. */
    boolean severalRolesWait() {
        for (Rows rows : anyMayStart ? crowd.rows() : List.<Rows>of()) {
            for (int row = 0; row < rows.size; row++) {
                Object first = rows.first[row];
                if (first != null
                        && outlook.hasSeveralRoles(rows.numbers[row])
                        && outlook.waitsForNodes(rows.numbers[row], first)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** True where a job of which nothing is decided waits for nodes, by what was found of it in its turn if it had one. */
    boolean anyWaitsForNodes() {
        for (Rows rows : crowd.rows()) {
            for (int row = 0; row < rows.size; row++) {
                Object first = rows.first[row];
                if (first != null && waitsByNow(rows.numbers[row], first) && anyIsUndecided(rows, row)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean waitsByNow(int number, Object sample) {
        Group group = crowd.known(number);
        return group == null || group.pass != pass
                ? outlook.waitsForNodes(number, sample)
                : group.standing == Group.Standing.WAITS_FOR_NODES && outlook.quota(number, sample);
    }

    private boolean anyIsUndecided(Rows rows, int row) {
        for (int at = 0; at < rows.jobs(row); at++) {
            if (!isDecided(rows.any(row, at))) {
                return true;
            }
        }
        return false;
    }

    /** One that takes part, by the numbers of the table; nobody has looked at its group yet. */
    final class Candidate extends Entry {
        private final int number;
        private final long key;
        private final boolean mayStart;
        private long @Nullable [] asked;

        private Candidate(Object job, int number, long key, boolean mayStart) {
            super(job, crowd.queue(number));
            this.number = number;
            this.key = key;
            this.mayStart = mayStart;
        }

        @Override
        Group found() {
            return entered(standing());
        }

        private Group.Standing standing() {
            if (mayStart) {
                return Group.Standing.MAY_START;
            }
            return outlook.waitsForNodes(number, job) ? Group.Standing.WAITS_FOR_NODES : Group.Standing.REFUSED;
        }

        /** The group; what was found of it in this pass already stands. */
        private Group entered(Group.Standing standing) {
            Group group = crowd.group(number, job);
            if (group.pass != pass) {
                group.pass = pass;
                group.standing = standing;
                group.mayStartAtFirst = standing == Group.Standing.MAY_START;
                group.behind = null;
            }
            return group;
        }

        @Override
        long key(JobOrder.Inside order) {
            return order.ages() ? order.key(job()) : key;
        }

        @Override
        long[] asked() {
            long[] known = asked;
            if (known == null) {
                known = outlook.asked(number, job);
                asked = known;
            }
            return known;
        }

        @Override
        boolean mayStartAtFirst() {
            return mayStart;
        }

        @Override
        int number() {
            return number;
        }

        /** What is known by now. */
        boolean mayStillFit() {
            return mayStart && outlook.mayStillFit(number);
        }

        /** Where it does not fit: true where it ever could. */
        boolean waits() {
            return mayStart ? outlook.couldHold(number) : outlook.waitsForNodes(number, job);
        }

        boolean hasSeveralRoles() {
            return outlook.hasSeveralRoles(number);
        }

        /** It was found to wait for nodes. */
        Entry waiting() {
            return new Entry(job(), entered(Group.Standing.WAITS_FOR_NODES));
        }
    }

    private void findHeads(List<Entry> heads) {
        int queues = world.ledger.queues();
        @Nullable Candidate[] first = new Candidate[queues];
        long[] best = new long[queues];
        JobOrder.Inside order = world.insideAQueue;
        for (Rows rows : crowd.rows()) {
            for (int row = 0; row < rows.size; row++) {
                int queue = rows.first[row] == null ? Ledger.NONE : crowd.queue(rows.numbers[row]);
                if (groups.isOpen(queue)) {
                    Candidate head = head(rows, row, first[queue], best[queue]);
                    if (head != null) {
                        first[queue] = head;
                        best[queue] = head.key(order);
                    }
                }
            }
        }
        for (Candidate head : first) {
            if (head != null) {
                heads.add(head.waiting());
            }
        }
    }

    /** Of a row the first that waits for nodes and goes before the one known so far; null for none. */
    private @Nullable Candidate head(Rows rows, int row, @Nullable Candidate known, long best) {
        JobOrder.Inside order = world.insideAQueue;
        Candidate head = known;
        long least = best;
        // Where time adds to priorities a row is not in the order of its queue.
        for (int at = 0; at < rows.jobs(row) && (order.ages() || head == known); at++) {
            long key = order.ages() ? order.key(rows.job(row, at)) : rows.key(row, at);
            boolean before =
                    head == null || key < least || (key == least && order.compare(rows.job(row, at), head.job()) < 0);
            if (!before && !order.ages()) {
                break;
            }
            Object job = rows.any(row, at);
            if (before && outlook.waitsForNodes(rows.numbers[row], job) && !isDecided(job)) {
                head = new Candidate(job, rows.numbers[row], rows.key(row, at), false);
                least = key;
            }
        }
        return head == known ? null : head;
    }
}
