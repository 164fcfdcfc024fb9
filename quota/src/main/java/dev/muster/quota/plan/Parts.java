package dev.muster.quota.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The pending jobs of one snapshot in their order, each with its group. Never changes: plans are read when later ones are made. */
final class Parts {
    private final Part[] parts;
    private final int[] starts;

    /** Jobs and, at the same places, their groups. */
    record Part(Object[] jobs, Group[] groups) {
        PendingJob job(int at) {
            return (PendingJob) jobs[at];
        }
    }

    Parts(List<Part> parts) {
        this.parts = parts.toArray(Part[]::new);
        starts = new int[this.parts.length + 1];
        for (int i = 0; i < this.parts.length; i++) {
            starts[i + 1] = starts[i] + this.parts[i].jobs.length;
        }
    }

    /** Chunks of jobs with their groups, which lie one after the other; of one chunk the array itself. */
    static Parts of(List<Object[]> chunks, Group[] groups) {
        List<Part> made = new ArrayList<>();
        int from = 0;
        for (Object[] chunk : chunks) {
            boolean all = chunk.length == groups.length;
            made.add(new Part(chunk, all ? groups : Arrays.copyOfRange(groups, from, from + chunk.length)));
            from += chunk.length;
        }
        return new Parts(made);
    }

    PendingJob job(int index) {
        int part = partAt(index);
        return parts[part].job(index - starts[part]);
    }

    int size() {
        return starts[parts.length];
    }

    int parts() {
        return parts.length;
    }

    Part part(int number) {
        return parts[number];
    }

    int start(int part) {
        return starts[part];
    }

    /** Which part holds this place. */
    int partAt(int index) {
        int found = Arrays.binarySearch(starts, index);
        return found >= 0 ? found : -found - 2;
    }
}
