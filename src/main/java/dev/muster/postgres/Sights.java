package dev.muster.postgres;

import dev.muster.rights.Sight;
import java.util.Set;

/** What somebody may see, as the values of {@code team = any(?) or queue = any(?)}. */
final class Sights {
    private Sights() {}

    static String[] teams(Sight sight) {
        return texts(sight.teams());
    }

    static String[] queues(Sight sight) {
        return texts(sight.queues());
    }

    private static String[] texts(Set<?> names) {
        return names.stream().map(Object::toString).toArray(String[]::new);
    }
}
