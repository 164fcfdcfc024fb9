package dev.muster.quota.offering;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Something that was seen of an offering. */
public sealed interface OfferingFact {
    Instant at();

    /** {@code nodes} nodes that were asked for came, so long {@code after} they were asked. */
    record Came(Instant at, int nodes, Duration after) implements OfferingFact {
        public Came {
            requireNodes(nodes);
            if (after.isNegative()) {
                throw new IllegalArgumentException("Nodes came %s after they were asked for".formatted(after));
            }
        }
    }

    /** Everything came that a gang asked of the offering; {@code there}: how many nodes its market has given by now. */
    record Filled(Instant at, int there) implements OfferingFact {}

    /** More nodes are there of its market, for whomever: so many {@code there} now. */
    record Seen(Instant at, int there) implements OfferingFact {}

    /** {@code nodes} nodes that a gang asked for did not come, with {@code there} given by its market; {@code why} in words. */
    record Failed(Instant at, int nodes, int there, String why) implements OfferingFact {
        public Failed {
            requireNodes(nodes);
        }
    }

    /** The provider took {@code nodes} nodes back, the youngest of {@code age}, null where nobody knows; {@code left} of the offering are left. */
    record Interrupted(
            Instant at, int nodes, int left, @Nullable Duration age) implements OfferingFact {
        public Interrupted {
            requireNodes(nodes);
        }

        /** Of an age that nobody knows. */
        public Interrupted(Instant at, int nodes, int left) {
            this(at, nodes, left, null);
        }

        /** Known to be so. */
        public boolean isYoungerThan(Duration some) {
            return age != null && age.compareTo(some) < 0;
        }
    }

    /** Its nodes were there for {@code nodeTime}, all together, since the last such fact. */
    record Ran(Instant at, Duration nodeTime) implements OfferingFact {
        public Ran {
            if (nodeTime.isNegative()) {
                throw new IllegalArgumentException("Nodes ran for %s".formatted(nodeTime));
            }
        }
    }

    private static void requireNodes(int nodes) {
        if (nodes < 1) {
            throw new IllegalArgumentException("A fact of %d nodes: expected 1 or more".formatted(nodes));
        }
    }
}
