package dev.muster.volcano.conf;

import java.util.Set;

/** A Queue of Volcano as the rules need it: {@code parent} is empty where none is said. */
public record KnownQueue(String name, String parent, Set<String> deserved, boolean hasNodeAffinity) {
    public KnownQueue {
        deserved = Set.copyOf(deserved);
    }
}
