package dev.muster.quota.name;

/** The name of a pool of nodes. */
public record PoolName(String value) implements Comparable<PoolName> {
    public PoolName {
        Names.require("pool", value);
    }

    @Override
    public int compareTo(PoolName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
