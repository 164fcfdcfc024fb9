package dev.muster.cluster;

import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.PriorityClassName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.name.TeamName;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The pods of one attempt, to be started all together: of each role {@code pods} in all, split over pools. {@code waitsForNodes}:
 * some of its nodes are not there yet, and it may ask for them; the cluster sees to it that they are asked for, and that nothing
 * of it runs before all are there.
 */
public record Gang(
        AttemptId id,
        String jobName,
        TeamName team,
        QueueName queue,
        PriorityClassName priorityClass,
        Duration grace,
        List<Member> members,
        boolean waitsForNodes) {
    public Gang {
        members = List.copyOf(members);
        if (members.isEmpty()) {
            throw new IllegalArgumentException("Gang %s has no members".formatted(id));
        }
        if (members.stream().map(Member::role).distinct().count() < members.size()) {
            throw new IllegalArgumentException("Gang %s has a role twice among %s"
                    .formatted(id, members.stream().map(Member::role).toList()));
        }
        if (grace.isNegative()) {
            throw new IllegalArgumentException("Gang %s has a grace of %s: expected 0 or more".formatted(id, grace));
        }
    }

    /** One whose nodes are all there. */
    public Gang(
            AttemptId id,
            String jobName,
            TeamName team,
            QueueName queue,
            PriorityClassName priorityClass,
            Duration grace,
            List<Member> members) {
        this(id, jobName, team, queue, priorityClass, grace, members, false);
    }

    /** A role of the gang: how many of its pods go to which pool, numbered 0, 1, … in the order of the pools' names. */
    public record Member(RoleName role, PodTemplate template, Map<PoolName, Integer> pools) {
        public Member {
            pools = Collections.unmodifiableSortedMap(new TreeMap<>(pools));
            if (pools.isEmpty() || pools.values().stream().anyMatch(count -> count < 1)) {
                throw new IllegalArgumentException(
                        "Role %s has pods per pool %s: expected 1 or more in each, and a pool".formatted(role, pools));
            }
        }

        public int pods() {
            return pools.values().stream().mapToInt(Integer::intValue).sum();
        }
    }

    /** With so much time to stop, where its own is shorter. */
    public Gang withLeastGrace(Duration least) {
        return least.compareTo(grace) <= 0
                ? this
                : new Gang(id, jobName, team, queue, priorityClass, least, members, waitsForNodes);
    }

    /** The same where no node is awaited any more. */
    public Gang onNodesThatAreThere() {
        return waitsForNodes ? new Gang(id, jobName, team, queue, priorityClass, grace, members, false) : this;
    }

    public int pods() {
        return members.stream().mapToInt(Member::pods).sum();
    }
}
