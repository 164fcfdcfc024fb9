package dev.muster.rights;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Somebody who can be given duties: a person, or a service of a team's. Events and the log say {@link #toString}. */
public record Subject(Kind kind, String name) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9._@+-]{0,61}[a-z0-9])?");
    /** What the service itself, its own token and its planner sign with: nobody may look like them. */
    private static final Set<String> RESERVED = Set.of(
            "dependencies",
            "kubernetes",
            "muster",
            "nobody",
            "operator",
            "planner",
            "retention",
            "schedules",
            "sessions",
            "system");

    public Subject {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "expected 1 to 63 of a-z, 0-9, '.', '_', '@', '+', '-', with a letter or digit at both ends");
        }
        if (RESERVED.contains(name)) {
            throw new IllegalArgumentException("expected a name that the service does not sign with itself");
        }
    }

    /** The kinds that there are. */
    public enum Kind {
        PERSON,
        SERVICE
    }

    /** @throws IllegalArgumentException where the text is none that {@link #toString} writes */
    public static Subject parse(String text) {
        String service = prefix(Kind.SERVICE);
        return text.startsWith(service)
                ? new Subject(Kind.SERVICE, text.substring(service.length()))
                : new Subject(Kind.PERSON, text);
    }

    /** {@code ana}, or {@code service/nightly}. */
    @Override
    public String toString() {
        return kind == Kind.PERSON ? name : prefix(kind) + name;
    }

    private static String prefix(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT) + "/";
    }
}
