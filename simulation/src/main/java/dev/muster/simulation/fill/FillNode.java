package dev.muster.simulation.fill;

/** A node as it is given: before anything runs on it. */
public record FillNode(String name, long milliCpu, long memoryMib, int gpus, String model) {
    public FillNode {
        if (milliCpu < 0 || memoryMib < 0 || gpus < 0) {
            throw new IllegalArgumentException("Bad node %s: cpu %dm, memory %d MiB, %d GPUs: expected 0 or more"
                    .formatted(name, milliCpu, memoryMib, gpus));
        }
    }
}
