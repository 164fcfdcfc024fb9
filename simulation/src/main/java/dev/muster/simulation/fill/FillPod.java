package dev.muster.simulation.fill;

import java.util.Set;

/** What a pod asks: {@code gpus} GPUs, of each {@code gpuMilli} thousandths; {@code models} it can use, empty for any. */
public record FillPod(long milliCpu, long memoryMib, int gpus, int gpuMilli, Set<String> models) {
    public static final int WHOLE = 1_000;

    public FillPod {
        models = Set.copyOf(models);
        if (milliCpu < 0 || memoryMib < 0 || gpus < 0 || gpuMilli < 0 || gpuMilli > WHOLE) {
            throw new IllegalArgumentException("Bad pod: cpu %dm, memory %d MiB, %d × %d thousandths of a GPU"
                    .formatted(milliCpu, memoryMib, gpus, gpuMilli));
        }
        if ((gpus == 0) != (gpuMilli == 0) || gpus > 1 && gpuMilli != WHOLE) {
            throw new IllegalArgumentException(
                    "Bad pod: %d × %d thousandths of a GPU: expected none, a part of one, or whole ones"
                            .formatted(gpus, gpuMilli));
        }
    }

    /** In thousandths, of all its GPUs. */
    public long gpuDemand() {
        return (long) gpus * gpuMilli;
    }
}
