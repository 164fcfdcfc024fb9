package dev.muster.quota.fit;

import java.util.Arrays;

/** What a pod asks, dense, and where it may run. {@code missing}: it asks a resource that nobody knows. */
public final class PodShape {
    final long[] amounts;
    final Eligibility where;
    final boolean missing;
    final Collocation collocation;
    private final int hash;

    public PodShape(long[] amounts, Eligibility where, boolean missing) {
        this(amounts, where, missing, Collocation.NONE);
    }

    public PodShape(long[] amounts, Eligibility where, boolean missing, Collocation collocation) {
        this.collocation = collocation;
        this.amounts = amounts;
        this.where = where;
        this.missing = missing;
        this.hash = (Arrays.hashCode(amounts) * 31 + where.id()) * 2
                + (missing ? 1 : 0)
                + collocation.ordinal() * 0x2545F49;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PodShape that
                && hash == that.hash
                && where == that.where
                && collocation == that.collocation
                && !missing
                && !that.missing
                && Arrays.equals(amounts, that.amounts);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
