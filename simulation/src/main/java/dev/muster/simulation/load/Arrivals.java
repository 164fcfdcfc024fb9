package dev.muster.simulation.load;

import dev.muster.simulation.event.Chance;
import java.util.ArrayList;
import java.util.List;

/** When jobs of one kind come, in milliseconds. */
public sealed interface Arrivals {
    List<Long> within(long lasts, Chance chance);

    /**
     * By lot, {@code perDay} on average. {@code swing} (0 to 1) is how much a day's peak, at {@code peak} after midnight, is
     * above the mean.
     */
    record Random(double perDay, double swing, long peak) implements Arrivals {
        private static final double DAY = 86_400_000;

        @Override
        public List<Long> within(long lasts, Chance chance) {
            List<Long> times = new ArrayList<>();
            double highest = perDay * (1 + swing);
            if (highest <= 0) {
                return times;
            }
            for (double at = chance.waitFor(DAY / highest); at < lasts; at += chance.waitFor(DAY / highest)) {
                double now = 1 + swing * StrictMath.cos(2 * StrictMath.PI * (at - peak) / DAY);
                if (chance.happens(now / (1 + swing))) {
                    times.add((long) at);
                }
            }
            return times;
        }
    }

    /** {@code count} at once, spread over {@code over}; again each {@code every}, 0 for once. */
    record Burst(int count, long at, long over, long every) implements Arrivals {
        @Override
        public List<Long> within(long lasts, Chance chance) {
            List<Long> times = new ArrayList<>();
            for (long begin = at; begin < lasts; begin += Math.max(1, every)) {
                for (int i = 0; i < count; i++) {
                    times.add(begin + (long) (chance.share() * over));
                }
                if (every == 0) {
                    break;
                }
            }
            times.sort(Long::compare);
            return times;
        }
    }
}
