package dev.muster.catalogue;

import dev.muster.problem.MusterException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the writer of a thing believes of it: that it is of one of these versions ({@code versions}), that it is there whatever
 * its version ({@code exists}), that it is not there ({@code absent}), or nothing.
 */
public record Precondition(Set<Long> versions, boolean exists, boolean absent) {
    public static final Precondition NONE = new Precondition(Set.of(), false, false);
    public static final Precondition EXISTS = new Precondition(Set.of(), true, false);
    public static final Precondition ABSENT = new Precondition(Set.of(), false, true);

    public Precondition {
        versions = Set.copyOf(versions);
    }

    public static Precondition of(Set<Long> versions) {
        return new Precondition(versions, false, false);
    }

    /**
     * @throws MusterException where the present version (null: there is none) is not what the writer believes
     */
    public void require(String kind, String name, @Nullable Long present) {
        boolean holds = versions.isEmpty()
                ? !(exists && present == null) && !(absent && present != null)
                : present != null && versions.contains(present);
        if (!holds) {
            throw MusterException.etagMismatch(kind, name, said(), present == null ? null : "\"" + present + "\"");
        }
    }

    /**
     * As {@link #require}, and a thing that is there may only be replaced by who says which version.
     *
     * @throws MusterException where it does not hold
     */
    public void requireToReplace(String kind, String name, @Nullable Long present) {
        require(kind, name, present);
        if (present != null && versions.isEmpty() && !exists) {
            throw MusterException.etagRequired(kind, name);
        }
    }

    private String said() {
        return absent
                ? "it must not exist"
                : exists
                        ? "*"
                        : String.join(
                                ", ",
                                versions.stream()
                                        .sorted()
                                        .map(v -> "\"" + v + "\"")
                                        .toList());
    }
}
