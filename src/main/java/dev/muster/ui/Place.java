package dev.muster.ui;

import dev.muster.access.Resource;
import dev.muster.access.Verb;
import java.util.List;
import java.util.function.BiPredicate;

/** An entry of the navigation: only those are shown that lead somewhere for who looks. {@code count}: what waits there for them. */
public record Place(String section, String href, String word, int count) {
    /** Entries that one looks for together; {@code name} is the end of its id, {@code word} its heading, empty where it needs none. */
    public record Group(String name, String word, List<Place> places) {}

    private record Door(Place place, Verb verb, Resource.Kind kind) {}

    private record Wing(String name, String word, List<Door> doors) {}

    private static final List<Wing> WINGS = List.of(
            new Wing("start", "", List.of(door("overview", "/ui", "Overview", Verb.READ, Resource.Kind.SERVICE))),
            new Wing(
                    "work",
                    "Work",
                    List.of(
                            door("jobs", "/ui/jobs", "Jobs", Verb.LIST, Resource.Kind.JOB),
                            door("submit", "/ui/submit", "Submit", Verb.SUBMIT, Resource.Kind.JOB),
                            door("sessions", "/ui/sessions", "Sessions", Verb.LIST, Resource.Kind.JOB),
                            door("schedules", "/ui/schedules", "Schedules", Verb.LIST, Resource.Kind.SCHEDULE),
                            door("templates", "/ui/templates", "Templates", Verb.LIST, Resource.Kind.JOB))),
            new Wing(
                    "capacity",
                    "Capacity",
                    List.of(
                            door("queues", "/ui/queues", "Queues", Verb.LIST, Resource.Kind.QUEUE),
                            door("quota", "/ui/quota", "Requests", Verb.LIST, Resource.Kind.QUOTA_REQUEST),
                            door("usage", "/ui/usage", "Usage", Verb.LIST, Resource.Kind.JOB),
                            door("pools", "/ui/pools", "Pools", Verb.LIST, Resource.Kind.POOL),
                            door("packing", "/ui/packing", "Packing", Verb.READ, Resource.Kind.PLANNER))),
            new Wing(
                    "operation",
                    "Operation",
                    List.of(
                            door("planning", "/ui/planning", "Planning", Verb.READ, Resource.Kind.PLANNER),
                            door("policy", "/ui/policy", "Policy", Verb.READ, Resource.Kind.POLICY),
                            door("health", "/ui/health", "Health", Verb.READ, Resource.Kind.CLUSTER))),
            new Wing(
                    "people",
                    "People",
                    List.of(
                            door("members", "/ui/members", "Members", Verb.LIST, Resource.Kind.GRANT),
                            door("audit", "/ui/audit", "Changes", Verb.LIST, Resource.Kind.RECORD))));

    Place with(int waiting) {
        return new Place(section, href, word, waiting);
    }

    private static Door door(String section, String href, String word, Verb verb, Resource.Kind kind) {
        return new Door(new Place(section, href, word, 0), verb, kind);
    }

    /** Those that open for who may do what the predicate says; no group is empty. {@code toAnswer} requests wait for them. */
    static List<Group> open(BiPredicate<Verb, Resource.Kind> may, int toAnswer) {
        return WINGS.stream()
                .map(wing -> new Group(
                        wing.name(),
                        wing.word(),
                        wing.doors().stream()
                                .filter(door -> may.test(door.verb(), door.kind()))
                                .map(Door::place)
                                .map(place -> place.section().equals(QuotaPages.SECTION) ? place.with(toAnswer) : place)
                                .toList()))
                .filter(group -> !group.places().isEmpty())
                .toList();
    }
}
