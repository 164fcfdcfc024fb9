package dev.muster.quota.name;

/** The name of a queue, unique in the tree. */
public record QueueName(String value) implements Comparable<QueueName> {
    public QueueName {
        Names.require("queue", value);
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
