package dev.muster.admission;

import dev.muster.quota.name.PriorityClassName;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a team has used up of the classes that evict others: {@code until} for all of it, {@code people} for some of its people by
 * their name, each when the next may be submitted ({@link Instant#MAX}: never). What is used is counted where a job is made of an
 * object; this only tells who asks for one too many, at once.
 */
public record RushRules(
        Set<PriorityClassName> classes, @Nullable Instant until, Map<String, Instant> people) {
    /** Nothing is used up, or nothing counted. */
    public static final RushRules NONE = new RushRules(Set.of(), null, Map.of());

    public RushRules {
        classes = Set.copyOf(classes);
        people = Map.copyOf(people);
    }

    /** When somebody may ask for the class again; empty: now. */
    Optional<Instant> spent(PriorityClassName asked, String user) {
        if (!classes.contains(asked)) {
            return Optional.empty();
        }
        Instant own = people.get(user);
        return Optional.ofNullable(until == null || (own != null && own.isAfter(until)) ? own : until);
    }
}
