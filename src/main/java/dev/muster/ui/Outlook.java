package dev.muster.ui;

import dev.muster.quota.plan.ExpectedStart;
import dev.muster.quota.plan.JobPlace;
import dev.muster.report.Expectations;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** When a waiting job is expected to start and what makes up its place, in sentences. */
final class Outlook {
    private Outlook() {}

    static List<String> of(Expectations.@Nullable Expected expected) {
        List<String> sentences = new ArrayList<>();
        if (expected != null && expected.start() != null) {
            sentences.add(expected.start()
                    .match(
                            between -> between(between, expected.at()),
                            cannot -> "It does not start as things are.",
                            notLookedAt -> "It comes after the first %d of %d jobs that wait; nobody looked further."
                                    .formatted(notLookedAt.looked(), notLookedAt.of())));
        }
        if (expected != null && expected.place() != null) {
            sentences.add(place(expected.place()));
        }
        return sentences;
    }

    private static String between(ExpectedStart.Between start, Instant at) {
        String earliest = from(at, start.earliest());
        String when = start.latest() == null
                ? "not before " + earliest
                : start.earliest().equals(start.latest())
                        ? earliest
                        : "between %s and %s".formatted(earliest, from(at, start.latest()));
        return "Expected to start %s, if %s.".formatted(when, String.join("; ", start.assumptions()));
    }

    private static String from(Instant at, Instant then) {
        Duration left = Duration.between(at, then);
        return left.compareTo(Duration.ofSeconds(1)) < 0 ? "now" : "in " + Moment.span(left);
    }

    private static String place(JobPlace place) {
        return "Place %d of %d in its queue: priority %d = %d of its class + %d by aging, then how long it has waited."
                .formatted(
                        place.inQueue(),
                        place.ofQueue(),
                        place.order().priority(),
                        place.order().priorityClass(),
                        place.order().aging());
    }
}
