package dev.muster.web;

import dev.muster.api.QueuePreview;
import dev.muster.api.QuotaDecision;
import dev.muster.api.TemporaryQuota;
import dev.muster.problem.Fault;
import dev.muster.problem.Place;
import dev.muster.queue.MoreQuota;
import dev.muster.queue.QuotaRequest;
import dev.muster.quota.resource.Resources;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Quota requests, from the wire and back. */
final class QuotaWords {
    private static final int LONGEST_WHY = 500;

    private QuotaWords() {}

    static MoreQuota more(
            Place place,
            @Nullable Map<String, String> guarantee,
            @Nullable Map<String, String> deserved,
            @Nullable Map<String, String> capability) {
        return new MoreQuota(
                Amounts.any(place.at("guarantee"), guarantee),
                Amounts.any(place.at("deserved"), deserved),
                Amounts.any(place.at("capability"), capability));
    }

    /** Null where nothing other than was asked is said. */
    static @Nullable MoreQuota other(Place place, QuotaDecision sent) {
        return sent.guarantee() == null && sent.deserved() == null && sent.capability() == null
                ? null
                : more(place, sent.guarantee(), sent.deserved(), sent.capability());
    }

    static @Nullable String why(Place place, @Nullable String sent) {
        if (sent != null && sent.length() > LONGEST_WHY) {
            place.fault(Fault.Kind.TOO_LONG, "expected at most %d characters".formatted(LONGEST_WHY));
        }
        return sent == null || sent.isBlank() ? null : sent.strip();
    }

    static dev.muster.api.QuotaRequest view(QuotaRequest request) {
        return view(request, null);
    }

    /** {@code preview}: what granting it would do, where that was only tried. */
    static dev.muster.api.QuotaRequest view(QuotaRequest request, @Nullable QueuePreview preview) {
        return new dev.muster.api.QuotaRequest(
                request.team().value(),
                request.queue().value(),
                amounts(request.asked().guarantee()),
                amounts(request.asked().deserved()),
                amounts(request.asked().capability()),
                request.until(),
                request.why(),
                request.id(),
                request.state().name(),
                request.askedBy(),
                request.askedAt(),
                view(request.decision()),
                preview);
    }

    /** Of those that are in force. */
    static List<TemporaryQuota> temporary(List<QuotaRequest> requests) {
        return requests.stream()
                .map(request -> new TemporaryQuota(
                        request.id(),
                        amounts(Objects.requireNonNull(request.inForce()).guarantee()),
                        amounts(Objects.requireNonNull(request.inForce()).deserved()),
                        amounts(Objects.requireNonNull(request.inForce()).capability()),
                        Objects.requireNonNull(
                                Objects.requireNonNull(request.decision()).until())))
                .toList();
    }

    private static @Nullable QuotaDecision view(QuotaRequest.@Nullable Decision said) {
        if (said == null) {
            return null;
        }
        MoreQuota more = said.more();
        return new QuotaDecision(
                more == null ? null : amounts(more.guarantee()),
                more == null ? null : amounts(more.deserved()),
                more == null ? null : amounts(more.capability()),
                said.until(),
                said.why(),
                said.by(),
                said.at());
    }

    private static @Nullable Map<String, String> amounts(Resources amounts) {
        return PodView.some(Amounts.text(amounts));
    }
}
