package dev.muster.quota.plan;

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
