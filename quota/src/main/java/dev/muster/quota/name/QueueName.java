package dev.muster.quota.name;

/** The name of a queue, unique in the tree. */
public record QueueName(String value) implements Comparable<QueueName> {
    public QueueName {
        Names.require("queue", value);
    }

    // Said out, because a cycle asks it for each pod and job: what a record makes by itself is slower.
    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof QueueName that && value.equals(that.value));
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public int compareTo(QueueName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
