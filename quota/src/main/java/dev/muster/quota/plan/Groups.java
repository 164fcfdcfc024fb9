package dev.muster.quota.plan;

import dev.muster.quota.fit.GangShape;
import dev.muster.quota.name.JobId;
import dev.muster.quota.queue.Ledger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The groups of a snapshot's pending jobs as one plan sees them. */
final class Groups {
    private final World world;
    private final Crowd crowd;
    private final boolean[] draining;

    Groups(World world) {
        this.world = world;
        this.crowd = world.ground.crowd;
        this.draining = world.ground.draining;
    }

    List<Group> all() {
        return Collections.unmodifiableList(crowd.groups());
    }

    /** The jobs of a group, in no order that matters. */
    List<PendingJob> members(Group group) {
        crowd.keepMembers();
        return group.members.all();
    }

    /** The pending job with this id and its group, null where none waits. */
    Contest.@Nullable Entry find(JobId job) {
        return crowd.find(job);
    }

    /** How many shapes there are: numbers of shapes are less. */
    int shapes() {
        return crowd.shapes().count();
    }

    boolean isInBackoff(Group group) {
        return group.unhindered != group.shape;
    }

    /** True where its queue exists and may launch. */
    boolean isOpen(Group group) {
        return group.queue != Ledger.NONE && !draining[group.queue];
    }

    boolean isDraining(int queue) {
        return draining[queue];
    }

    /** The shape of {@code pods} pods of one role. */
    GangShape some(Ask ask, int pods) {
        return crowd.shapes().some(ask, pods);
    }

    /** Jobs that are not launched and may start, and {@code others}. */
    List<Contest.Entry> entries(Acts acts, Collection<Contest.Entry> others) {
        List<Contest.Entry> entries = new ArrayList<>();
        for (Group group : crowd.groups()) {
            if (group.standing == Group.Standing.MAY_START) {
                for (PendingJob job : members(group)) {
                    if (!acts.isDecided(job.id())) {
                        entries.add(new Contest.Entry(job, group));
                    }
                }
            }
        }
        for (Contest.Entry other : others) {
            if (other.group().standing != Group.Standing.MAY_START
                    && !acts.isDecided(other.job().id())) {
                entries.add(other);
            }
        }
        return entries;
    }

    /** Of each queue the first job, in its order, that fits in quota and waits for nodes that it could have. */
    List<Contest.Entry> firstOfEachQueueThatWaitsForNodes(Acts acts) {
        Contest.Entry[] first = new Contest.Entry[draining.length];
        for (Group group : crowd.groups()) {
            if (group.standing == Group.Standing.WAITS_FOR_NODES) {
                for (PendingJob job : members(group)) {
                    Contest.Entry best = first[group.queue];
                    if ((best == null || world.insideAQueue.compare(job, best.job()) < 0)
                            && !acts.isDecided(job.id())) {
                        first[group.queue] = new Contest.Entry(job, group);
                    }
                }
            }
        }
        return Arrays.stream(first).filter(Objects::nonNull).toList();
    }
}
