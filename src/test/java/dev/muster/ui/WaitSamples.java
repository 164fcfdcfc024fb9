package dev.muster.ui;

import dev.muster.api.QueueWait;
import java.util.List;
import java.util.Map;

/** Who waits for whom on a busy afternoon. */
final class WaitSamples {
    private WaitSamples() {}

    static WaitPage busy() {
        return WaitPage.of(Samples.frame("Who waits for whom", "queues"), "research", List.of(gpu(), pool()));
    }

    static WaitPage nobody() {
        return WaitPage.of(Samples.frame("Who waits for whom", "queues"), null, List.of());
    }

    static WaitPage unplanned() {
        return WaitPage.of(Samples.frame("Who waits for whom", "queues"), null, null);
    }

    private static QueueWait gpu() {
        return new QueueWait(
                "vision",
                "NODES_FULL",
                3,
                "01h000000000000000000000aa",
                "nvidia.com/gpu",
                "8",
                "24",
                share("16", "16", "0", "0"),
                "research",
                "40",
                "2",
                List.of(
                        new QueueWait.Holder("speech", 1, share("20", "8", "12", "0"), "8", Map.of("TOO_LARGE", "12")),
                        new QueueWait.Holder("vision", 1, share("16", "16", "0", "0"), "0", Map.of("PRIORITY", "16")),
                        new QueueWait.Holder("ads", 1, share("0", "8", "0", "4"), "0", Map.of()),
                        new QueueWait.Holder(null, 2, share("2", null, "0", "0"), "0", Map.of("DESERVED", "2"))));
    }

    private static QueueWait pool() {
        return new QueueWait(
                "speech",
                "CAPABILITY_REACHED",
                1,
                null,
                "cpu.spot-a",
                "1500m",
                "1500m",
                share("4", null, "0", "0"),
                null,
                "4",
                "0",
                List.of(new QueueWait.Holder("speech", 1, share("4", null, "0", "0"), "0", Map.of("MOVING", "4"))));
    }

    private static QueueWait.Share share(String used, String deserved, String borrowed, String idle) {
        return new QueueWait.Share(used, idle, deserved, borrowed, idle);
    }
}
