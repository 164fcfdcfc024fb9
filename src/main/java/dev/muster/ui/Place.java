package dev.muster.ui;

import dev.muster.access.Resource;
import dev.muster.access.Verb;
import java.util.List;
import java.util.function.BiPredicate;

/** An entry of the navigation: only those are shown that lead somewhere for who looks. {@code count}: what waits there for them. */
public record Place(String section, String href, String word, int count) {
    private record Door(Place place, Verb verb, Resource.Kind kind) {}

    private static final List<Door> DOORS = List.of(
            door("overview", "/ui", "Overview", Verb.READ, Resource.Kind.SERVICE),
            door("jobs", "/ui/jobs", "Jobs", Verb.LIST, Resource.Kind.JOB),
            door("sessions", "/ui/sessions", "Sessions", Verb.LIST, Resource.Kind.JOB),
            door("submit", "/ui/submit", "Submit", Verb.SUBMIT, Resource.Kind.JOB),
            door("schedules", "/ui/schedules", "Schedules", Verb.LIST, Resource.Kind.SCHEDULE),
            door("templates", "/ui/templates", "Templates", Verb.LIST, Resource.Kind.JOB),
            door("queues", "/ui/queues", "Queues", Verb.LIST, Resource.Kind.QUEUE),
            door("quota", "/ui/quota", "Requests", Verb.LIST, Resource.Kind.QUOTA_REQUEST),
            door("members", "/ui/members", "Members", Verb.LIST, Resource.Kind.GRANT),
            door("usage", "/ui/usage", "Usage", Verb.LIST, Resource.Kind.JOB),
            door("planning", "/ui/planning", "Planning", Verb.READ, Resource.Kind.PLANNER),
            door("packing", "/ui/packing", "Packing", Verb.READ, Resource.Kind.PLANNER),
            door("pools", "/ui/pools", "Pools", Verb.LIST, Resource.Kind.POOL),
            door("policy", "/ui/policy", "Policy", Verb.READ, Resource.Kind.POLICY),
            door("health", "/ui/health", "Health", Verb.READ, Resource.Kind.CLUSTER),
            door("audit", "/ui/audit", "Changes", Verb.LIST, Resource.Kind.RECORD));

    Place with(int waiting) {
        return new Place(section, href, word, waiting);
    }

    private static Door door(String section, String href, String word, Verb verb, Resource.Kind kind) {
        return new Door(new Place(section, href, word, 0), verb, kind);
    }

    /** Those that open for who may do what the predicate says. */
    static List<Place> open(BiPredicate<Verb, Resource.Kind> may) {
        return DOORS.stream()
                .filter(door -> may.test(door.verb(), door.kind()))
                .map(Door::place)
                .toList();
    }
}
