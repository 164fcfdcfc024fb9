package dev.muster.quota.name;

/** The name of a node. */
public record NodeName(String value) implements Comparable<NodeName> {
    public NodeName {
        Names.requireSubdomain("node", value);
    }

    // Said out, because a cycle asks it for each pod and job: what a record makes by itself is slower.
    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof NodeName that && value.equals(that.value));
    }

    @Override
    public int hashCode() {
        return value.hashCode();
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
