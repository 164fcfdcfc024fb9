package dev.muster.quota.plan;

import dev.muster.quota.name.QueueName;
import dev.muster.quota.node.NodeAffinity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives numbers to queues, to lists of roles and to pairs of both as they come: equal ones have one number, and equal jobs cost least
 * where they share one list. It only grows. Used by one thread; what it has shown ({@link #wants}) is safe for any.
 */
final class Catalogue {
    QueueName[] queues = new QueueName[16];
    int queueCount;
    int count;
    boolean[] oneZone = new boolean[16];
    int[] firstRow = new int[17];
    int[] minimum = new int[16];
    int[] where = new int[16];
    Wants.Where[] wheres = new Wants.Where[4];
    int whereCount;
    int[] kindQueue = new int[16];
    int[] kindWant = new int[16];
    int kindCount;
    int stride = 4;
    long[] amounts = new long[16 * stride];
    final List<String> resources = new ArrayList<>();

    private final Numbers lists = new Numbers();
    private final Numbers listsInOneZone = new Numbers();
    private final Map<List<Ask>, Integer> listNumbers = new HashMap<>();
    private final Map<List<Ask>, Integer> listNumbersInOneZone = new HashMap<>();
    private int listObjectCount;
    private final Pairs kinds = new Pairs();
    private final Numbers queueObjects = new Numbers();
    private int queueObjectCount;
    private final Map<QueueName, Integer> queueNumbers = new HashMap<>();
    private final Map<Wants.Where, Integer> whereNumbers = new HashMap<>();
    private Wants shown = new Wants(this);

    /** All that has a number so far. */
    Wants wants() {
        if (shown.count != count || shown.queueCount != queueCount || shown.kindCount != kindCount) {
            shown = new Wants(this);
        }
        return shown;
    }

    /** True where a new one, for so many jobs, would be much smaller. */
    boolean isStale(int jobs) {
        return Math.max(Math.max(listObjectCount, kindCount), queueObjectCount) > 1_000 + 2 * jobs;
    }

    int queue(QueueName queue) {
        int number = queueObjects.of(queue);
        if (number == Numbers.UNKNOWN) {
            number = queueNumbers.computeIfAbsent(queue, this::add);
            queueObjects.put(queue, number);
            queueObjectCount++;
        }
        return number;
    }

    private int add(QueueName queue) {
        if (queueCount == queues.length) {
            queues = Arrays.copyOf(queues, queueCount * 2);
        }
        queues[queueCount] = queue;
        return queueCount++;
    }

    /** The number of what the job asks. */
    int want(PendingJob job) {
        boolean together = job.traits().oneZone();
        Numbers known = together ? listsInOneZone : lists;
        int number = known.of(job.roles());
        if (number == Numbers.UNKNOWN) {
            number = (together ? listNumbersInOneZone : listNumbers)
                    .computeIfAbsent(job.roles(), roles -> add(roles, together));
            known.put(job.roles(), number);
            listObjectCount++;
        }
        return number;
    }

    /** The number of this queue and list of roles. */
    int kind(int queue, int want) {
        int number = kinds.of(queue, want);
        if (number == Numbers.UNKNOWN) {
            if (kindCount == kindQueue.length) {
                kindQueue = Arrays.copyOf(kindQueue, kindCount * 2);
                kindWant = Arrays.copyOf(kindWant, kindCount * 2);
            }
            number = kindCount++;
            kindQueue[number] = queue;
            kindWant[number] = want;
            kinds.put(queue, want, number);
        }
        return number;
    }

    private int add(List<Ask> roles, boolean together) {
        if (count + 1 == firstRow.length) {
            firstRow = Arrays.copyOf(firstRow, count * 2 + 1);
            oneZone = Arrays.copyOf(oneZone, count * 2);
        }
        oneZone[count] = together;
        int row = firstRow[count];
        for (Ask role : roles) {
            write(role, row++);
        }
        firstRow[count + 1] = row;
        return count++;
    }

    private void write(Ask role, int row) {
        if (row == minimum.length) {
            minimum = Arrays.copyOf(minimum, row * 2);
            where = Arrays.copyOf(where, row * 2);
            amounts = Arrays.copyOf(amounts, row * 2 * stride);
        }
        minimum[row] = role.minimum();
        where[row] = where(role);
        List<String> names = role.pod().names();
        for (String name : names) {
            if (!resources.contains(name)) {
                resources.add(name);
            }
        }
        if (resources.size() > stride) {
            widen();
        }
        Arrays.fill(amounts, row * stride, (row + 1) * stride, Wants.UNSAID);
        role.pod().each((name, amount) -> amounts[row * stride + resources.indexOf(name)] = amount);
    }

    private void widen() {
        int wide = stride * 2;
        while (wide < resources.size()) {
            wide *= 2;
        }
        long[] wider = new long[minimum.length * wide];
        Arrays.fill(wider, Wants.UNSAID);
        for (int row = 0; row < minimum.length; row++) {
            System.arraycopy(amounts, row * stride, wider, row * wide, stride);
        }
        amounts = wider;
        stride = wide;
    }

    private int where(Ask role) {
        Wants.Where key =
                role.affinity() == NodeAffinity.ANY && role.tolerations().isEmpty()
                        ? Wants.Where.ANYWHERE
                        : new Wants.Where(role.affinity(), role.tolerations());
        return whereNumbers.computeIfAbsent(key, this::add);
    }

    private int add(Wants.Where key) {
        if (whereCount == wheres.length) {
            wheres = Arrays.copyOf(wheres, whereCount * 2);
        }
        wheres[whereCount] = key;
        return whereCount++;
    }
}
