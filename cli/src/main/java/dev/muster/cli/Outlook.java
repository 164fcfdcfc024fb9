package dev.muster.cli;

import dev.muster.api.ExpectedStart;
import dev.muster.api.Explanation;
import dev.muster.api.JobPlace;
import dev.muster.api.JobStatus;
import dev.muster.cli.screen.Colour;
import dev.muster.cli.screen.Screen;
import dev.muster.cli.screen.Span;
import dev.muster.cli.screen.Text;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** When a waiting job is expected to start, and what makes up its place. */
final class Outlook {
    private final Screen screen;

    Outlook(Screen screen) {
        this.screen = screen;
    }

    void show(Explanation explanation) {
        ExpectedStart start = explanation.expectedStart();
        if (start != null) {
            screen.print("Expected to start: " + when(start));
            start.assumptions()
                    .forEach(assumption -> screen.print(screen.paint(Colour.DIM, "  if " + Text.plain(assumption))));
        }
        JobPlace place = explanation.place();
        if (place != null) {
            place(place);
        }
    }

    void place(JobPlace place) {
        screen.print("Place: %d of %d in its queue; priority %d = %d (class) + %d (aging); it has waited %s."
                .formatted(
                        place.inQueue(),
                        place.ofQueue(),
                        place.priority(),
                        place.priorityClass(),
                        place.aging(),
                        Span.of(place.age())));
        if (!place.shares().isEmpty()) {
            screen.print(screen.paint(
                    Colour.DIM,
                    "  shares, from the top: "
                            + place.shares().stream().map(Outlook::share).collect(Collectors.joining(", "))));
        }
    }

    private static String share(JobPlace.Share share) {
        String of = share.resource() == null ? "" : " of " + Text.plain(share.resource());
        return share.within()
                ? "%s within what it deserves (%s%s)".formatted(share.queue(), number(share.value()), of)
                : "%s above what it deserves (%s%s)".formatted(share.queue(), number(share.value()), of);
    }

    private static String number(double value) {
        return value > 1_000_000 ? "∞" : String.format(Locale.ROOT, "%.2f", value);
    }

    static String when(ExpectedStart start) {
        if (start.cannot() != null) {
            return "not as things are: " + Text.plain(start.cannot().message());
        }
        if (start.earliest() == null) {
            return "not known: " + Text.plain(String.valueOf(start.note()));
        }
        String earliest = from(start.at(), start.earliest());
        if (start.latest() == null) {
            return "not before " + earliest;
        }
        return start.earliest().equals(start.latest())
                ? earliest
                : "between %s and %s".formatted(earliest, from(start.at(), start.latest()));
    }

    /** In a column: {@code 2m–1h}, {@code 2m–?} where nobody knows the latest, {@code never} as things are, {@code ?}. */
    static String brief(@Nullable JobStatus status) {
        if (status == null || !status.state().equals("QUEUED")) {
            return "";
        }
        ExpectedStart start = status.expectedStart();
        if (start == null) {
            return "?";
        }
        if (start.cannot() != null) {
            return "never";
        }
        if (start.earliest() == null) {
            return "?";
        }
        String earliest = briefly(start.at(), start.earliest());
        String latest = start.latest() == null ? "?" : briefly(start.at(), start.latest());
        return earliest.equals(latest) ? earliest : earliest + "–" + latest;
    }

    private static String briefly(Instant at, Instant then) {
        Duration left = Duration.between(at, then);
        return left.compareTo(Duration.ofSeconds(1)) < 0 ? "now" : Span.of(left);
    }

    private static String from(Instant at, Instant then) {
        Duration left = Duration.between(at, then);
        return left.compareTo(Duration.ofSeconds(1)) < 0 ? "now" : "in " + Span.of(left);
    }
}
