package dev.muster.simulation.fill;

import java.util.Arrays;

/** What is free on a node, GPU by GPU. */
final class Machine {
    final FillNode node;
    long cpu;
    long memory;
    final int[] gpus;
    /** Changes with what is free. */
    int version;

    Machine(FillNode node) {
        this.node = node;
        this.cpu = node.milliCpu();
        this.memory = node.memoryMib();
        this.gpus = new int[node.gpus()];
        Arrays.fill(gpus, FillPod.WHOLE);
    }

    boolean fits(FillPod pod) {
        return pod.milliCpu() <= cpu && pod.memoryMib() <= memory && hasGpus(pod);
    }

    private boolean hasGpus(FillPod pod) {
        if (pod.gpus() == 0) {
            return true;
        }
        if (!pod.models().isEmpty() && !pod.models().contains(node.model())) {
            return false;
        }
        int usable = 0;
        for (int free : gpus) {
            usable += free >= pod.gpuMilli() ? 1 : 0;
        }
        return usable >= pod.gpus();
    }

    /** Takes what the pod asks; of a part of a GPU, on the one named. */
    void take(FillPod pod, int gpu) {
        cpu -= pod.milliCpu();
        memory -= pod.memoryMib();
        takeGpus(pod, gpu);
        version++;
    }

    /** Undoes {@link #take}, nothing else having been taken since; {@code before}: what was free of each GPU. */
    void give(FillPod pod, int[] before) {
        cpu += pod.milliCpu();
        memory += pod.memoryMib();
        System.arraycopy(before, 0, gpus, 0, gpus.length);
        version--;
    }

    private void takeGpus(FillPod pod, int gpu) {
        if (pod.gpus() == 1 && pod.gpuMilli() < FillPod.WHOLE) {
            gpus[gpu] -= pod.gpuMilli();
            return;
        }
        int left = pod.gpus();
        for (int i = 0; i < gpus.length && left > 0; i++) {
            if (gpus[i] == FillPod.WHOLE) {
                gpus[i] = 0;
                left--;
            }
        }
    }

    /** The fullest GPU that still takes the pod; 0 where it wants no part of one. */
    int fullestFor(FillPod pod) {
        int best = 0;
        int least = Integer.MAX_VALUE;
        for (int i = 0; i < gpus.length; i++) {
            if (gpus[i] >= pod.gpuMilli() && gpus[i] < least) {
                least = gpus[i];
                best = i;
            }
        }
        return best;
    }

    long freeGpu() {
        long sum = 0;
        for (int free : gpus) {
            sum += free;
        }
        return sum;
    }
}
