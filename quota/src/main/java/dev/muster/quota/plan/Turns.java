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

    Turns(World world, Groups groups, Acts acts, @Nullable Hopeless memory) {
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
        List<Entry> entries = entries();
        int mayStart = mayStart(entries);
        Contest contest = new Contest(world, entries);
        int turns = 0;
        int thinAt = Math.max(THIN_LEAST, entries.size() / THIN_PART);
        for (@Nullable Entry entry = contest.next(); entry != null && acts.mayLaunchMore(); entry = contest.next()) {
            look(entry, reservations);
            contest.done(entry);
            mayStart -= entry.group().mayStartAtFirst ? 1 : 0;
            if (++turns == thinAt) {
                thinAt = THIN_TIMES * turns;
                List<Entry> left = thinned(contest.left());
                contest = new Contest(world, left);
                mayStart = mayStart(left);
            }
            if (mayStart == 0 && reservations.areAll() && room.isOver()) {
                lookAtTheRest(contest.left(), reservations);
                break;
            }
        }
        severalRolesWait |= waitInSeveralRoles(entries);
        return reservations;
    }

    /**
     * They change nothing for each other: in which order they learn why they wait does not matter, and of those who might have taken
     * room nobody need look at the group, for they are told all together.
     */
    private void lookAtTheRest(List<Entry> left, Reservations reservations) {
        boolean mayBeLeft = room.asksFew() && !acts.anyLimits();
        for (Entry entry : left) {
            if (!(mayBeLeft && entry.isUnseen())) {
                look(entry, reservations);
            }
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
    private List<Entry> thinned(List<Entry> all) {
        boolean asksFew = room.asksFew();
        List<Entry> left = new ArrayList<>();
        @Nullable Entry[] heads = new Entry[world.ledger.queues()];
        for (Entry entry : all) {
            // One that may take from others must have its turn to do so as long as anybody may.
            if ((room.isOn() && !asksFew) || room.asks(entry)) {
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
        for (Entry head : heads) {
            if (head != null) {
                left.add(head instanceof Sieve.Candidate candidate && head.isUnseen() ? candidate.waiting() : head);
            }
        }
        return left;
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
        if (head == null) {
            return true;
        }
        long key = entry.key(world.insideAQueue);
        long first = head.key(world.insideAQueue);
        return key < first || (key == first && world.insideAQueue.compare(entry.job(), head.job()) < 0);
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

    /** Who takes part in this pass. */
    private List<Entry> entries() {
        Sieve sieve = new Sieve(world, groups, acts, supply, ++passes);
        List<Entry> mayStart = sieve.mayStart();
        List<Entry> heads = sieve.firstOfEachQueueThatWaits();
        severalRolesWait = sieve.severalRolesWait();
        // Of a group one job at most may take room; where it is the head of its queue too, it has one turn.
        List<Entry> takers = room.takers(sieve);
        heads.removeIf(room::isTaker);
        List<Entry> entries = new ArrayList<>(mayStart.size() + heads.size() + takers.size());
        entries.addAll(mayStart);
        entries.addAll(heads);
        entries.addAll(takers);
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
