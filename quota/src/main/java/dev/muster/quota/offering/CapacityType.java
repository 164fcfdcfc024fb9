package dev.muster.quota.offering;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** How nodes are paid for, and who may take them back. */
public enum CapacityType {
    ON_DEMAND("on-demand"),
    /** The provider may take them back at any time. */
    SPOT("spot"),
    RESERVED("reserved");

    private final String word;

    CapacityType(String word) {
        this.word = word;
    }

    /** As Karpenter writes it. */
    public String word() {
        return word;
    }

    public static Optional<CapacityType> ofWord(String word) {
        return Stream.of(values()).filter(type -> type.word.equals(word)).findFirst();
    }

    /** What the labels of a node say; on demand where they say nothing. */
    public static CapacityType of(Map<String, String> labels) {
        return OfferingLabels.capacity(labels);
    }

    @Override
    public String toString() {
        return word;
    }
}
