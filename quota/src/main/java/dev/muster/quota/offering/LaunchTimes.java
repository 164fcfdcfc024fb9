package dev.muster.quota.offering;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** How long nodes took from the ask until they were ready: the last ones, of which older ones weigh less. */
public record LaunchTimes(List<Took> last) {
    /** How many are remembered: enough for a p99 that is not the one slow node of last week. */
    static final int REMEMBERED = 100;

    private static final double HALF_LIFE = Duration.ofHours(24).toMillis();
    public static final LaunchTimes NONE = new LaunchTimes(List.of());

    public LaunchTimes {
        last = List.copyOf(last.size() <= REMEMBERED ? last : last.subList(last.size() - REMEMBERED, last.size()));
    }

    /** One node. */
    public record Took(Instant at, Duration time) {}

    LaunchTimes after(OfferingFact.Came came) {
        List<Took> more = new ArrayList<>(last);
        for (int node = 0; node < Math.min(came.nodes(), REMEMBERED); node++) {
            more.add(new Took(came.at(), came.after()));
        }
        return new LaunchTimes(more);
    }

    public int size() {
        return last.size();
    }

    /** The time within which {@code part} of the nodes came, 0 to 1; empty where none did. */
    public Optional<Duration> quantile(double part, Instant now) {
        if (last.isEmpty()) {
            return Optional.empty();
        }
        List<Took> sorted =
                last.stream().sorted(Comparator.comparing(Took::time)).toList();
        Instant newest =
                last.stream().map(Took::at).max(Comparator.naturalOrder()).orElse(now);
        double all = last.stream().mapToDouble(took -> weight(took, newest)).sum();
        double sum = 0;
        for (Took took : sorted) {
            sum += weight(took, newest);
            if (sum >= part * all) {
                return Optional.of(took.time());
            }
        }
        return Optional.of(sorted.get(sorted.size() - 1).time());
    }

    /** The newest counts 1, wherever the clock is: never nothing, which would divide nothing by nothing. */
    private static double weight(Took took, Instant newest) {
        return Math.max(
                1e-9,
                Math.pow(0.5, Math.max(0, Duration.between(took.at(), newest).toMillis()) / HALF_LIFE));
    }
}
