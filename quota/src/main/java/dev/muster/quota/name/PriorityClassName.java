package dev.muster.quota.name;

/** The name of a priority class. */
public record PriorityClassName(String value) implements Comparable<PriorityClassName> {
    public PriorityClassName {
        Names.require("priority class", value);
    }

    @Override
    public int compareTo(PriorityClassName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
