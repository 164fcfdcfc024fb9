package dev.muster.quota.fit;

import dev.muster.quota.resource.Resources;
import java.util.Arrays;

/** What the nodes have when nothing is on them, ready or not: for gangs that could never run. */
public final class Supply {
    private final Room room;

    public Supply(Room room) {
        this.room = room;
    }

    /** True where some node has this resource at all. */
    public boolean has(int resource) {
        for (Kind kind : room.kinds) {
            if (kind.allocatable()[resource] > 0) {
                return true;
            }
        }
        return false;
    }

    /** Nodes on which the role's affinity and tolerations let it run. */
    public int matchingNodes(GangShape gang, int role) {
        int nodes = 0;
        for (int kind : gang.pods[role].where.kinds()) {
            nodes += room.kinds[kind].nodes();
        }
        return nodes;
    }

    /** How many pods of the role alone fit on all nodes that match. */
    public long podsOnEmptyNodes(GangShape gang, int role) {
        PodShape pod = gang.pods[role];
        return pod.missing ? 0 : podsOnEmptyNodes(pod.where, pod.amounts);
    }

    private long podsOnEmptyNodes(Eligibility where, long[] pod) {
        long pods = 0;
        for (int kind : where.kinds()) {
            pods = Resources.add(
                    pods, Resources.multiply(room.kinds[kind].podsOnEmptyNode(pod), room.kinds[kind].nodes()));
        }
        return pods;
    }

    /** The same as {@link #couldHold(GangShape)} for {@code pods} pods of one role. */
    public boolean couldHold(Eligibility where, long[] pod, int pods, boolean oneZone) {
        return (oneZone ? podsInBestEmptyZone(where, pod) : podsOnEmptyNodes(where, pod)) >= pods;
    }

    /** False where the gang could not even run on empty nodes, as far as each role by itself tells. */
    public boolean couldHold(GangShape gang) {
        for (int role = 0; role < gang.roles(); role++) {
            PodShape pod = gang.pods[role];
            int pods = gang.minimum(role);
            if (pods > 0 && (pod.missing || !couldHold(pod.where, pod.amounts, pods, gang.oneZone()))) {
                return false;
            }
        }
        return true;
    }

    /** How many pods of the role fit in the zone that takes the most of them. */
    public long podsInBestEmptyZone(GangShape gang, int role) {
        return podsInBestEmptyZone(gang.pods[role].where, gang.pods[role].amounts);
    }

    private long podsInBestEmptyZone(Eligibility where, long[] pod) {
        long[] pods = new long[room.zones.length];
        for (int kind : where.kinds()) {
            int zone = room.zoneOf(kind);
            pods[zone] = Resources.add(
                    pods[zone], Resources.multiply(room.kinds[kind].podsOnEmptyNode(pod), room.kinds[kind].nodes()));
        }
        return Arrays.stream(pods).max().orElse(0);
    }

    /** What the node that matches and has the most has, by the first resource that the role asks. */
    public long[] largest(GangShape gang, int role) {
        PodShape pod = gang.pods[role];
        long[] largest = new long[room.width];
        for (int kind : pod.where.kinds()) {
            for (int r = 0; r < room.width; r++) {
                if (pod.amounts[r] > 0) {
                    if (room.kinds[kind].allocatable()[r] > largest[r]) {
                        largest = room.kinds[kind].allocatable();
                    }
                    break;
                }
            }
        }
        return largest;
    }

    /** What all nodes have on which some role may run. */
    public long[] allocatable(GangShape gang) {
        long[] sum = new long[room.width];
        for (int k = 0; k < room.kinds.length; k++) {
            Kind kind = room.kinds[k];
            boolean used = false;
            for (PodShape pod : gang.pods) {
                used |= pod.where.admits(k);
            }
            for (int r = 0; used && r < room.width; r++) {
                sum[r] = Resources.add(sum[r], Resources.multiply(kind.allocatable()[r], kind.nodes()));
            }
        }
        return sum;
    }
}
