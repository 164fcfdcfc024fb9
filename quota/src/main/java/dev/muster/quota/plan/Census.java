package dev.muster.quota.plan;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds equal jobs of a queue without a look into a large table for each. First all are noted, then they are put in groups: by
 * a table of all queues and shapes where most of it is used, else queue after queue by a small table of shapes.
 */
final class Census {
    /** The shape of a job that belongs to no group of equal ones. */
    static final int NONE = -1;

    private static final int NOBODY = -1;

    private final int[] shapes;
    /** The queue; when they are grouped, the next job of the same queue. */
    private final int[] queues;

    private int noted;
    private int mostQueue;

    /** For so many jobs. */
    Census(int jobs) {
        shapes = new int[jobs];
        queues = new int[jobs];
    }

    /** The next job: its queue and shape as numbers. */
    void note(int queue, int shape) {
        shapes[noted] = shape;
        queues[noted++] = queue;
        mostQueue = Math.max(mostQueue, queue);
    }

    /** Puts its group at the place of each job; {@code founder} is asked for the first of each queue and shape. Once. */
    void group(@Nullable Group[] groups, int shapeCount, Founder founder) {
        if ((mostQueue + 1L) * shapeCount <= noted) {
            atOnce(groups, shapeCount, founder);
        } else {
            queueAfterQueue(groups, shapeCount, founder);
        }
    }

    private void atOnce(@Nullable Group[] groups, int shapeCount, Founder founder) {
        @Nullable Group[] met = new Group[(mostQueue + 1) * shapeCount];
        for (int at = 0; at < noted; at++) {
            int shape = shapes[at];
            if (shape != NONE) {
                int place = queues[at] * shapeCount + shape;
                Group group = met[place];
                if (group == null) {
                    group = founder.found(at, shape);
                    met[place] = group;
                }
                groups[at] = group;
            }
        }
    }

    private void queueAfterQueue(@Nullable Group[] groups, int shapeCount, Founder founder) {
        int[] first = new int[mostQueue + 1];
        Arrays.fill(first, NOBODY);
        for (int at = noted - 1; at >= 0; at--) {
            int queue = queues[at];
            queues[at] = first[queue];
            first[queue] = at;
        }
        int[] metIn = new int[shapeCount];
        @Nullable Group[] met = new Group[shapeCount];
        for (int queue = 0; queue < first.length; queue++) {
            for (int at = first[queue]; at != NOBODY; at = queues[at]) {
                int shape = shapes[at];
                if (shape != NONE) {
                    if (metIn[shape] != queue + 1) {
                        metIn[shape] = queue + 1;
                        met[shape] = founder.found(at, shape);
                    }
                    groups[at] = met[shape];
                }
            }
        }
    }

    /** Makes the group of which the job at this place is the first. */
    @FunctionalInterface
    interface Founder {
        Group found(int at, int shape);
    }
}
