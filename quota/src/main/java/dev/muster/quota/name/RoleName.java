package dev.muster.quota.name;

/** The name of a role within its job. */
public record RoleName(String value) implements Comparable<RoleName> {
    public RoleName {
        Names.require("role", value);
    }

    @Override
    public int compareTo(RoleName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
