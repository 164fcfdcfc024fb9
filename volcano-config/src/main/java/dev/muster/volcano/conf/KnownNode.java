package dev.muster.volcano.conf;

import java.util.Set;

/** A node as the rules need it: what it has beside cpu and memory, and whether it carries Volcano's label of a group. */
public record KnownNode(String name, Set<String> scarce, boolean isLabelled) {
    public KnownNode {
        scarce = Set.copyOf(scarce);
    }
}
