package dev.muster.quota.name;

/** The name of a node. */
public record NodeName(String value) implements Comparable<NodeName> {
    public NodeName {
        Names.requireSubdomain("node", value);
    }

    @Override
    public int compareTo(NodeName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
