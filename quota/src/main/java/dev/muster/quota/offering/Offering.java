package dev.muster.quota.offering;

import dev.muster.quota.name.PoolName;
import dev.muster.quota.node.Node;
import java.util.Comparator;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Instance type × zone × capacity type inside a pool: the unit of which a provider has some or has none. A zone or an instance
 * type that nobody said is empty.
 */
public record Offering(PoolName pool, CapacityType capacity, String zone, String instanceType)
        implements Comparable<Offering> {
    private static final Pattern LABEL_VALUE = Pattern.compile("([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?");
    private static final String UNSAID = "-";
    private static final Comparator<Offering> ORDER = Comparator.comparing(Offering::pool)
            .thenComparing(Offering::capacity)
            .thenComparing(Offering::zone)
            .thenComparing(Offering::instanceType);

    public Offering {
        requireLabel("zone", zone);
        requireLabel("instance type", instanceType);
    }

    private static void requireLabel(String what, String value) {
        if (!LABEL_VALUE.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "Bad %s '%s' of an offering: expected a label value of at most 63 characters"
                            .formatted(what, value.length() > 80 ? value.substring(0, 80) + "…" : value));
        }
    }

    /** The offering of which a node of the pool with these labels is. */
    public static Offering of(PoolName pool, Map<String, String> labels) {
        return new Offering(
                pool, CapacityType.of(labels), OfferingLabels.zone(labels), OfferingLabels.instanceType(labels));
    }

    public static Offering of(Node node) {
        return of(node.pool(), node.labels());
    }

    /** The reverse of {@link #toString}. */
    public static Offering parse(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length != 4) {
            throw refused(text);
        }
        return new Offering(
                new PoolName(parts[0]),
                CapacityType.ofWord(parts[1]).orElseThrow(() -> refused(text)),
                said(parts[2]),
                said(parts[3]));
    }

    private static IllegalArgumentException refused(String text) {
        return new IllegalArgumentException(
                "Bad offering '%s': expected pool/capacity/zone/instance-type, as spot-a/spot/eu-1a/m5.xlarge; '-' for what is not said"
                        .formatted(text.length() > 200 ? text.substring(0, 200) + "…" : text));
    }

    private static String said(String part) {
        return part.equals(UNSAID) ? "" : part;
    }

    private static String shown(String part) {
        return part.isEmpty() ? UNSAID : part;
    }

    /** True where a provider that has no nodes of one has none of the other either, whatever pools they are of. */
    public boolean sharesMarketWith(Offering other) {
        return equals(other)
                || !instanceType.isEmpty()
                        && instanceType.equals(other.instanceType)
                        && zone.equals(other.zone)
                        && capacity == other.capacity;
    }

    @Override
    public int compareTo(Offering other) {
        return ORDER.compare(this, other);
    }

    /** {@code spot-a/spot/eu-1a/m5.xlarge}; {@code -} for what is not said. */
    @Override
    public String toString() {
        return "%s/%s/%s/%s".formatted(pool, capacity, shown(zone), shown(instanceType));
    }
}
