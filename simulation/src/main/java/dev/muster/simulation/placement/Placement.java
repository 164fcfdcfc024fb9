package dev.muster.simulation.placement;

import dev.muster.quota.name.NodeName;
import java.util.List;

/** The answer to a gang that asks for room: a node for each of its pods, or none and why. */
public sealed interface Placement {
    /** One node a pod, in the order of the demands. */
    record Fits(List<NodeName> nodes) implements Placement {}

    /** {@code message} says what was needed, how many fit, and what each node of the pool lacks. */
    record Refused(String message) implements Placement {}
}
