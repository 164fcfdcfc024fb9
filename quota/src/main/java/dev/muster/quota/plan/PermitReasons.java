package dev.muster.quota.plan;

import dev.muster.quota.breaker.BreakerState;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Why a gang may not ask for the nodes that it needs. */
final class PermitReasons {
    private PermitReasons() {}

    /** {@code needed}: the expansions without which it does not fit. */
    static Reason refused(List<Expansion> needed) {
        List<Expansion> open = needed.stream()
                .filter(each -> each.breaker() == BreakerState.OPEN)
                .toList();
        if (!open.isEmpty()) {
            return breakerOpen(open);
        }
        List<Expansion> doubtful = needed.stream()
                .filter(each -> each.isDoubtful() && each.holders() == 0)
                .toList();
        return doubtful.isEmpty() ? ofOthers(needed) : doubtful(doubtful);
    }

    private static Reason doubtful(List<Expansion> doubtful) {
        Map<String, String> numbers = new TreeMap<>();
        doubtful.forEach(each -> numbers.put("until." + each.spec().offering(), String.valueOf(each.halfOpenAt())));
        return new Reason(
                ReasonCode.BREAKER_OPEN,
                "would fit with more nodes, but waits for such as others use: "
                        + doubtful.stream()
                                .map(each -> "of the nodes asked for of %s too few came of late; that counts until %s"
                                        .formatted(each.spec().offering(), each.halfOpenAt()))
                                .collect(Collectors.joining(", ")),
                "Nothing to do: it asks then, or when no nodes are there that it could wait for.",
                numbers);
    }

    private static Reason breakerOpen(List<Expansion> open) {
        Map<String, String> numbers = new TreeMap<>();
        open.forEach(each -> numbers.put(
                "until." + each.spec().offering(),
                each.halfOpenAt() == null ? "" : each.halfOpenAt().toString()));
        return new Reason(
                ReasonCode.BREAKER_OPEN,
                "would fit with more nodes, but none are asked for: "
                        + open.stream()
                                .map(each -> "the breaker of %s is open%s"
                                        .formatted(
                                                each.spec().offering(),
                                                each.halfOpenAt() == null
                                                        ? " until an operator closes it"
                                                        : " until " + each.halfOpenAt()))
                                .collect(Collectors.joining(", ")),
                "Nothing to do: one gang tries again then. Other pools that its node affinity allows would help sooner.",
                numbers);
    }

    private static Reason ofOthers(List<Expansion> needed) {
        Map<String, String> numbers = new TreeMap<>();
        needed.forEach(each -> numbers.put("holders." + each.spec().offering(), Integer.toString(each.holders())));
        return new Reason(
                ReasonCode.PERMIT_OF_OTHERS,
                "would fit with more nodes, but "
                        + needed.stream()
                                .map(each -> "%d gang%s wait%s for nodes of %s"
                                        .formatted(
                                                each.holders(),
                                                each.holders() == 1 ? "" : "s",
                                                each.holders() == 1 ? "s" : "",
                                                each.spec().offering()))
                                .collect(Collectors.joining(", ")),
                "Asks for its nodes when theirs have come, or are given up.",
                numbers);
    }
}
