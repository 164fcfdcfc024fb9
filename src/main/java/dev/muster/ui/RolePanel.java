package dev.muster.ui;

import dev.muster.cluster.PodPhase;
import dev.muster.cluster.PodStatus;
import dev.muster.job.Attempt;
import dev.muster.job.Role;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A role of a job with the pods of its latest attempt. */
public record RolePanel(
        String name,
        boolean leader,
        String count,
        String each,
        @Nullable String image,
        String command,
        String pools,
        List<PhaseCount> phases,
        List<PodRow> pods,
        int notShown) {
    /** Most pods of a role that a page shows. */
    static final int MOST_PODS = 200;

    /** How many pods are in a phase. */
    public record PhaseCount(String css, String word, long count) {}

    /** One pod. */
    public record PodRow(
            int index,
            String css,
            String phase,
            @Nullable String node,
            String pool,
            @Nullable Integer exitCode,
            @Nullable String ran,
            String message,
            String logHref) {}

    static RolePanel of(Role role, @Nullable Attempt attempt, List<PodStatus> seen, Instant now) {
        List<PodStatus> pods = seen.stream()
                .filter(pod -> pod.pod().role().equals(role.name()))
                .sorted(Comparator.comparingInt(pod -> pod.pod().index()))
                .toList();
        return new RolePanel(
                role.name().value(),
                role.leader(),
                role.minimum() == role.maximum()
                        ? Integer.toString(role.minimum())
                        : role.minimum() + " to " + role.maximum(),
                Amount.text(role.pod().resources()),
                role.pod().image(),
                Stream.concat(role.pod().command().stream(), role.pod().args().stream())
                        .collect(Collectors.joining(" ")),
                attempt == null ? "" : pools(role, attempt),
                phases(pods),
                pods.stream().limit(MOST_PODS).map(pod -> row(pod, now)).toList(),
                Math.max(0, pods.size() - MOST_PODS));
    }

    private static String pools(Role role, Attempt attempt) {
        return new TreeMap<>(attempt.placements().getOrDefault(role.name(), Map.of()))
                .entrySet().stream()
                        .map(e -> e.getValue() + " in " + e.getKey())
                        .collect(Collectors.joining(", "));
    }

    private static List<PhaseCount> phases(List<PodStatus> pods) {
        Map<PodPhase, Long> counts = new EnumMap<>(PodPhase.class);
        pods.forEach(pod -> counts.merge(pod.phase(), 1L, Long::sum));
        return counts.entrySet().stream()
                .map(e -> new PhaseCount(
                        css(e.getKey()), ReasonLine.words(e.getKey().name()), e.getValue()))
                .toList();
    }

    private static PodRow row(PodStatus pod, Instant now) {
        Instant started = pod.startedAt();
        Instant end = pod.endedAt() == null ? now : pod.endedAt();
        return new PodRow(
                pod.pod().index(),
                css(pod.phase()),
                ReasonLine.words(pod.phase().name()),
                pod.node() == null ? null : pod.node().value(),
                pod.pool().value(),
                pod.exitCode(),
                started == null ? null : new Moment(started, end).age(),
                pod.message(),
                "?role=%s&index=%d&attempt=%d#logs"
                        .formatted(
                                URLEncoder.encode(pod.pod().role().value(), StandardCharsets.UTF_8),
                                pod.pod().index(),
                                pod.pod().attempt().number()));
    }

    private static String css(PodPhase phase) {
        return switch (phase) {
            case PENDING -> "queued";
            case RUNNING -> "running";
            case SUCCEEDED -> "succeeded";
            case FAILED -> "failed";
            case LOST -> "expired";
        };
    }
}
