package dev.muster.quota.name;

/** The name of a team. */
public record TeamName(String value) implements Comparable<TeamName> {
    public TeamName {
        Names.require("team", value);
    }

    @Override
    public int compareTo(TeamName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
