package dev.muster.simulation;

import dev.muster.cluster.PodEnd;
import dev.muster.cluster.PodStatus;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The output of a simulated pod: a line when it is bound, when it starts and when it ends. Later lines only follow earlier
 * ones, so offsets into it stay good.
 */
final class Narrative {
    private Narrative() {}

    static byte[] of(SimulatedPod pod) {
        StringBuilder text = new StringBuilder();
        PodStatus status = pod.status();
        line(text, pod.boundAt(), "pod %s is bound to node %s".formatted(status.pod(), status.node()));
        line(text, status.startedAt(), "pod %s starts (simulated)".formatted(status.pod()));
        if (status.endedAt() != null) {
            line(text, status.endedAt(), "pod %s ends: %s".formatted(status.pod(), ending(status)));
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String ending(PodStatus status) {
        String code = status.exitCode() == null ? "no exit code" : "exit code " + status.exitCode();
        String cause = status.cause() == null || status.cause() == PodEnd.EXITED ? "" : ", " + status.cause();
        return code + cause + (status.message().isEmpty() ? "" : ", " + status.message());
    }

    private static void line(StringBuilder text, @Nullable Instant at, String sentence) {
        if (at != null) {
            text.append(at).append(' ').append(sentence).append('\n');
        }
    }
}
