package dev.muster.simulation.placement;

import dev.muster.quota.name.NodeName;
import java.util.List;

/** The answer to a gang that asks for room: a node for each of its pods, or none ({@link Request#explanation} says why). */
public sealed interface Placement {
    /** One node a pod, in the order of the demands. */
    record Fits(List<NodeName> nodes) implements Placement {}

    record Refused() implements Placement {}
}
