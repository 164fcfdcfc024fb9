package dev.muster.ui;

import dev.muster.api.QuotaDecision;
import dev.muster.api.QuotaRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a team has asked for a queue, and what became of it. {@code granted} is null where it is as asked, or not granted. */
public record QuotaLine(
        String id,
        String team,
        String queue,
        String state,
        List<String> asked,
        @Nullable Moment until,
        String why,
        String askedBy,
        Moment askedAt,
        @Nullable List<String> granted,
        @Nullable Moment grantedUntil,
        @Nullable Answer answer) {
    /** Who said it, and why. */
    public record Answer(
            String by, @Nullable Moment at, @Nullable String why) {}

    static QuotaLine of(QuotaRequest request, Instant now) {
        QuotaDecision said = request.decision();
        List<String> asked = amounts(request.guarantee(), request.deserved(), request.capability());
        List<String> given = said == null ? List.of() : amounts(said.guarantee(), said.deserved(), said.capability());
        return new QuotaLine(
                Objects.requireNonNull(request.id()),
                Objects.requireNonNull(request.team()),
                Objects.requireNonNull(request.queue()),
                Objects.requireNonNull(request.state()),
                asked,
                moment(request.until(), now),
                Objects.requireNonNullElse(request.why(), ""),
                Objects.requireNonNullElse(request.askedBy(), ""),
                new Moment(Objects.requireNonNull(request.askedAt()), now),
                given.isEmpty() || given.equals(asked) ? null : given,
                said == null ? null : moment(said.until(), now),
                said == null
                        ? null
                        : new Answer(Objects.requireNonNullElse(said.by(), ""), moment(said.at(), now), said.why()));
    }

    static List<String> amounts(
            @Nullable Map<String, String> guarantee,
            @Nullable Map<String, String> deserved,
            @Nullable Map<String, String> capability) {
        List<String> parts = new ArrayList<>();
        add(parts, "guarantee", guarantee);
        add(parts, "deserved", deserved);
        add(parts, "capability", capability);
        return List.copyOf(parts);
    }

    public String href() {
        return "/ui/quota/" + id;
    }

    public String queueHref() {
        return "/ui/queues/" + queue;
    }

    public boolean isOpen() {
        return state.equals("OPEN");
    }

    /** Granted until a time that has not come. */
    public boolean isInForce() {
        return state.equals("GRANTED") && grantedUntil != null;
    }

    public String word() {
        return switch (state) {
            case "OPEN" -> "Waits for an answer";
            case "GRANTED" -> grantedUntil == null ? "Granted for good" : "In force";
            default -> state.charAt(0) + state.substring(1).toLowerCase(Locale.ROOT);
        };
    }

    /** Of the colours of states. */
    public String css() {
        return switch (state) {
            case "OPEN" -> "queued";
            case "GRANTED" -> "succeeded";
            case "DECLINED" -> "failed";
            case "WITHDRAWN" -> "cancelled";
            default -> "expired";
        };
    }

    private static @Nullable Moment moment(@Nullable Instant at, Instant now) {
        return at == null ? null : new Moment(at, now);
    }

    private static void add(List<String> parts, String name, @Nullable Map<String, String> amounts) {
        String text = Amounts.text(amounts);
        if (!text.isEmpty()) {
            parts.add(name + " +" + text.replace("=", " ").replace(", ", ", +"));
        }
    }
}
