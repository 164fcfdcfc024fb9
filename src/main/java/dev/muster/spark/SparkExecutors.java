package dev.muster.spark;

/**
 * How many executors: {@code initial} belong to the gang, up to {@code most} come and go. {@code dynamic}: Spark's dynamic allocation
 * asks for them, never for fewer than {@code least}.
 */
public record SparkExecutors(boolean dynamic, int least, int initial, int most) {
    public SparkExecutors {
        if (least < 0 || initial < Math.max(1, least) || most < initial) {
            throw new IllegalArgumentException(
                    "Executors %d to %d, %d at first: expected 0 ≤ least ≤ initial ≤ most, initial 1 or more"
                            .formatted(least, most, initial));
        }
    }

    public static SparkExecutors fixed(int instances) {
        return new SparkExecutors(false, instances, instances, instances);
    }
}
