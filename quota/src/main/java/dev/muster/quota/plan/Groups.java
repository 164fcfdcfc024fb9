package dev.muster.quota.plan;

import dev.muster.quota.fit.GangShape;
import dev.muster.quota.name.JobId;
import dev.muster.quota.queue.Ledger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The groups of a snapshot's pending jobs as one plan sees them. */
final class Groups {
    private final Crowd crowd;
    private final boolean[] draining;

    Groups(World world) {
        this.crowd = world.crowd;
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
    @Nullable
    Entry find(JobId job) {
        return crowd.find(job);
    }

    /** True where the queue with this number exists and may launch. */
    boolean isOpen(int queue) {
        return queue != Ledger.NONE && !draining[queue];
    }

    boolean isInBackoff(Group group) {
        return group.unhindered != group.shape;
    }

    /** True where its queue exists and may launch. */
    boolean isOpen(Group group) {
        return isOpen(group.queue);
    }

    boolean isDraining(int queue) {
        return draining[queue];
    }

    /** The shape of {@code pods} pods of one role. */
    GangShape some(Ask ask, int pods) {
        return crowd.shapes().some(ask, pods);
    }

    /** Jobs of groups that may start, of which nothing is decided yet. */
    List<Entry> mayStart(Acts acts) {
        List<Entry> entries = new ArrayList<>();
        crowd.each((job, group) -> {
            if (group.standing == Group.Standing.MAY_START && !acts.isDecided(job.id())) {
                entries.add(new Entry(job, group));
            }
        });
        return entries;
    }
}
