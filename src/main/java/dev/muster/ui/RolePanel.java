package dev.muster.ui;

import dev.muster.api.Attempt;
import dev.muster.api.RoleSpec;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A role of a job with the pods of its latest attempt. */
public record RolePanel(
        String name,
        boolean leader,
        String count,
        String each,
        String image,
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
            @Nullable String pool,
            @Nullable Integer exitCode,
            @Nullable Moment started,
            @Nullable String ran,
            @Nullable String message,
            String logHref) {}

    static RolePanel of(RoleSpec role, @Nullable Attempt attempt, Instant now) {
        List<Attempt.Pod> pods = attempt == null || attempt.pods() == null
                ? List.of()
                : attempt.pods().stream()
                        .filter(pod -> pod.role().equals(role.name()))
                        .sorted(Comparator.comparingInt(Attempt.Pod::index))
                        .toList();
        int least = JobRow.minimum(role);
        int most = JobRow.maximum(role);
        return new RolePanel(
                role.name(),
                Boolean.TRUE.equals(role.leader()),
                least == most ? Integer.toString(least) : least + " to " + most,
                JobRow.text(Amount.parse(role.resources())),
                role.image() == null ? "" : role.image(),
                command(role),
                attempt == null ? "" : pools(role, attempt),
                phases(pods),
                pods.stream()
                        .limit(MOST_PODS)
                        .map(pod -> row(pod, attempt, now))
                        .toList(),
                Math.max(0, pods.size() - MOST_PODS));
    }

    private static String command(RoleSpec role) {
        List<String> words = new java.util.ArrayList<>();
        if (role.command() != null) {
            words.addAll(role.command());
        }
        if (role.args() != null) {
            words.addAll(role.args());
        }
        return String.join(" ", words);
    }

    private static String pools(RoleSpec role, Attempt attempt) {
        return attempt.placements().stream()
                .filter(placement -> placement.role().equals(role.name()))
                .map(placement -> placement.pods() + " in " + placement.pool())
                .collect(Collectors.joining(", "));
    }

    private static List<PhaseCount> phases(List<Attempt.Pod> pods) {
        Map<String, Long> counts = new TreeMap<>();
        pods.forEach(pod -> counts.merge(pod.phase(), 1L, Long::sum));
        return counts.entrySet().stream()
                .map(e -> new PhaseCount(css(e.getKey()), ReasonLine.words(e.getKey()), e.getValue()))
                .toList();
    }

    private static PodRow row(Attempt.Pod pod, @Nullable Attempt attempt, Instant now) {
        Instant started = pod.startedAt();
        Instant end = pod.endedAt() == null ? now : pod.endedAt();
        int number = attempt == null ? 0 : attempt.number();
        return new PodRow(
                pod.index(),
                css(pod.phase()),
                ReasonLine.words(pod.phase()),
                pod.node(),
                pod.pool(),
                pod.exitCode(),
                started == null ? null : new Moment(started, now),
                started == null ? null : new Moment(started, end).age(),
                pod.message() == null || pod.message().isEmpty() ? null : pod.message(),
                "?role=%s&index=%d&attempt=%d#logs"
                        .formatted(URLEncoder.encode(pod.role(), StandardCharsets.UTF_8), pod.index(), number));
    }

    private static String css(String phase) {
        return switch (phase.toUpperCase(Locale.ROOT)) {
            case "RUNNING" -> "running";
            case "SUCCEEDED" -> "succeeded";
            case "FAILED" -> "failed";
            case "LOST" -> "expired";
            default -> "queued";
        };
    }
}
