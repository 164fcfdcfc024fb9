package dev.muster.quota.plan;

import dev.muster.quota.fit.GangShape;
import dev.muster.quota.fit.Placement;
import dev.muster.quota.fit.Supply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Lets the waiting jobs have their turns, in passes, until one starts nothing new: each pass is what the next cycle would do
 * with the world as it is then, so the plan for its own result is empty.
 */
final class Turns {
    /**
     * After a part of a pass's turns, and again after so many times as many, those are left out that have no chance any more. To
     * look for them costs as much as a part of a turn of each.
     */
    private static final int THIN_PART = 512;

    private static final int THIN_LEAST = 4;
    private static final int THIN_TIMES = 4;

    private final World world;
    private final Groups groups;
    private final Acts acts;
    private final Supply supply;
    private final MakingRoom room;
    private int passes;
    /** In the last pass. */
    private boolean severalRolesWait;

    Turns(World world, Groups groups, Acts acts, @Nullable Memory memory) {
        this.world = world;
        this.groups = groups;
        this.acts = acts;
        this.supply = new Supply(world.room);
        this.room = new MakingRoom(world, groups, acts, memory);
    }

    void takeAll() {
        world.packer.forget();
        boolean again = true;
        while (again) {
            int before = acts.launches();
            int leaving = acts.leaving().size();
            Reservations reservations = pass();
            again = acts.mayLaunchMore()
                    && ((acts.launches() > before && mayChange(reservations))
                            || acts.leaving().size() > leaving
                            || (acts.launches() > before
                                    && world.snapshot.settings().eviction().isOn()));
            if (again) {
                // The next pass finds what the next cycle would find, no more and no less.
                world.packer.forget();
            }
        }
    }

    /** Without reservations a gang of one role that did not fit does not fit later; packing several roles may find a way. */
    private boolean mayChange(Reservations reservations) {
        return !reservations.made().isEmpty() || severalRolesWait;
    }

    private Reservations pass() {
        acts.newPass();
        room.newPass();
        Reservations reservations = new Reservations(world, acts);
        Sieve sieve = new Sieve(world, groups, acts, supply, ++passes);
        List<Entry> entries = entries(sieve);
        TakerLines takers = room.takers(sieve);
        // Of a group one job at most may take room; where it is the head of its queue too, it has one turn.
        entries.removeIf(entry -> !entry.mayStartAtFirst() && room.isTaker(entry));
        int mayStart = mayStart(entries);
        int thinAt = Math.max(THIN_LEAST, (entries.size() + (takers == null ? 0 : takers.left())) / THIN_PART);
        Contest contest = new Contest(world, entries, takers);
        int turns = 0;
        noMoreWhereNobodyCouldPass(mayStart, reservations);
        for (@Nullable Entry entry = contest.next(); entry != null && acts.mayLaunchMore(); entry = contest.next()) {
            look(entry, reservations);
            contest.done(entry);
            mayStart -= entry.group().mayStartAtFirst ? 1 : 0;
            if (++turns == thinAt) {
                thinAt = THIN_TIMES * turns;
                contest = thinned(contest);
                mayStart = mayStart(contest.left());
            }
            noMoreWhereNobodyCouldPass(mayStart, reservations);
            if (mayStart == 0 && reservations.areAll() && room.isOver()) {
                lookAtTheRest(contest, reservations);
                break;
            }
        }
        severalRolesWait |= waitInSeveralRoles(entries);
        return reservations;
    }

    /** What is reserved holds back those alone that may start in this pass; where jobs give way another one follows each that starts. */
    private void noMoreWhereNobodyCouldPass(int mayStart, Reservations reservations) {
        if (mayStart == 0 && room.isOn()) {
            reservations.noMore();
        }
    }

    /**
     * They change nothing for each other: in which order they learn why they wait does not matter, and of those who might have taken
     * room nobody need look at the group, for they are told all together.
     */
    private void lookAtTheRest(Contest contest, Reservations reservations) {
        boolean areTold = room.asksFew() && !acts.anyLimits();
        for (Entry entry : contest.left()) {
            if (!(areTold && entry.isUnseen())) {
                look(entry, reservations);
            }
        }
        TakerLines takers = contest.takers();
        if (takers != null && !areTold) {
            takers.all().forEach(entry -> look(entry, reservations));
        }
    }

    private static int mayStart(List<Entry> entries) {
        int mayStart = 0;
        for (Entry entry : entries) {
            mayStart += entry.mayStartAtFirst() ? 1 : 0;
        }
        return mayStart;
    }

    /**
     * Those that may start or take for all that is known by now, and of each queue the first that waits for nodes: most had a
     * chance when the pass began, and have none once the first have started.
     */
    private Contest thinned(Contest contest) {
        boolean asksFew = room.asksFew();
        if (room.isOn() && !asksFew) {
            // One that may take from others must have its turn to do so as long as anybody may.
            return contest;
        }
        List<Entry> left = new ArrayList<>();
        @Nullable Entry[] heads = new Entry[world.ledger.queues()];
        for (Entry entry : contest.left()) {
            if (room.asks(entry.number())) {
                left.add(entry);
            } else if (entry.isUnseen() && entry instanceof Sieve.Candidate candidate) {
                if (candidate.mayStillFit()) {
                    left.add(candidate);
                } else if ((candidate.hasSeveralRoles() || isFirst(heads, candidate)) && candidate.waits()) {
                    severalRolesWait |= candidate.hasSeveralRoles();
                    heads[candidate.queue()] = isFirst(heads, candidate) ? candidate : heads[candidate.queue()];
                }
            } else if (mayStillFit(entry.group())) {
                left.add(entry);
            } else if (entry.group().standing == Group.Standing.WAITS_FOR_NODES && isFirst(heads, entry)) {
                heads[entry.queue()] = entry;
            }
        }
        TakerLines takers = contest.takers();
        if (takers != null && mayStart(left) > 0) {
            for (Entry head : takers.firstThatWait()) {
                heads[head.queue()] = isFirst(heads, head) ? head : heads[head.queue()];
            }
        }
        for (Entry head : heads) {
            if (head != null) {
                left.add(head instanceof Sieve.Candidate candidate && head.isUnseen() ? candidate.waiting() : head);
            }
        }
        return new Contest(world, left, takers == null ? null : takers.only(world, room::asks));
    }

    private boolean mayStillFit(Group group) {
        if (group.standing == Group.Standing.MAY_START && !world.packer.mayFit(group.shape)) {
            group.standing = waitingOrNever(group.shape);
            group.mayStartAtFirst = false;
        }
        return group.mayStartAtFirst;
    }

    private boolean isFirst(@Nullable Entry[] heads, Entry entry) {
        Entry head = heads[entry.queue()];
        return head == null || world.insideAQueue.isBefore(entry, head);
    }

    private static boolean waitInSeveralRoles(List<Entry> entries) {
        for (Entry entry : entries) {
            if (!entry.isUnseen()
                    && entry.group().standing == Group.Standing.WAITS_FOR_NODES
                    && entry.group().shape.roles() > 1) {
                return true;
            }
        }
        return false;
    }

    /** Who takes part in this pass because it may start, or waits first in its queue. */
    private List<Entry> entries(Sieve sieve) {
        List<Entry> entries = sieve.mayStart();
        entries.addAll(sieve.firstOfEachQueueThatWaits());
        severalRolesWait = sieve.severalRolesWait();
        return entries;
    }

    /** True where room is better kept than given to those who run. */
    boolean anyWaitsForNodes() {
        return new Sieve(world, groups, acts, supply, passes).anyWaitsForNodes();
    }

    /** What never fits must not hold anybody back. */
    private Group.Standing waitingOrNever(GangShape shape) {
        return supply.couldHold(shape) ? Group.Standing.WAITS_FOR_NODES : Group.Standing.REFUSED;
    }

    private void look(Entry entry, Reservations reservations) {
        Group group = entry.group();
        PendingJob job = entry.job();
        if (acts.isLimited(job, group)) {
            return;
        }
        if (group.standing == Group.Standing.MAY_START && world.ledger.refusal(group.queue, group.asked) != null) {
            group.standing = Group.Standing.REFUSED;
        }
        if (group.standing == Group.Standing.REFUSED) {
            makeRoom(entry, reservations);
            return;
        }
        if (group.standing == Group.Standing.MAY_START && launch(job, group, reservations)) {
            reservations.waiting().forEach(before -> acts.passed(before.id()));
            return;
        }
        if (group.standing == Group.Standing.REFUSED) {
            makeRoom(entry, reservations);
            return;
        }
        if (group.standing == Group.Standing.WAITS_FOR_NODES && !makeRoom(entry, reservations)) {
            reservations.waits(job, group);
        }
    }

    private boolean makeRoom(Entry entry, Reservations reservations) {
        boolean made = room.makeFor(entry);
        if (made) {
            reservations.followAll();
        }
        return made;
    }

    private boolean launch(PendingJob job, Group group, Reservations reservations) {
        if (reservations.restricts(job)) {
            Placement beside =
                    group.behind == null && reservations.leavesQuota(job, group) ? reservations.pack(job, group) : null;
            if (beside != null) {
                acts.launch(job, group, beside);
                return true;
            }
            if (group.behind != null || world.packer.fits(group.shape, world.quota(group.queue))) {
                group.behind = group.behind == null ? behind(reservations) : group.behind;
                acts.behind(job.id(), group.behind);
                return false;
            }
        } else {
            Placement placement = reservations.pack(job, group);
            if (placement != null) {
                acts.launch(job, group, placement);
                return true;
            }
        }
        if (world.quota(group.queue) != null && world.packer.fits(group.shape)) {
            // It is not nodes that it waits for: the pools that have room are full for its queue.
            group.standing = Group.Standing.REFUSED;
            return false;
        }
        group.standing = waitingOrNever(group.shape);
        return false;
    }

    private Reason behind(Reservations reservations) {
        Reservations.Reservation first = reservations.made().get(0);
        Map<String, String> numbers = new TreeMap<>();
        numbers.put("behind", first.job().id().value());
        if (first.at() != null) {
            numbers.put("expectedStart", first.at().toString());
        }
        return new Reason(
                ReasonCode.BEHIND_RESERVATION,
                first.at() == null
                        ? "job %s was passed %d times: nodes are kept for it until it starts"
                                .formatted(
                                        first.job().id(), first.job().traits().passed())
                        : "would delay job %s, which is expected to start at %s"
                                .formatted(first.job().id(), first.at()),
                "Starts after %s; earlier if its maxRunTime lets it end in time."
                        .formatted(first.job().id()),
                numbers);
    }
}
