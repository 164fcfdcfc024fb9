package dev.muster.simulation.process;

import dev.muster.cluster.PodEnd;
import dev.muster.cluster.PodRef;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Who wants to know of processes. Called from any thread; a call may be repeated. */
public interface ProcessReports {
    void began(PodRef pod, Instant at);

    /** The process and all that belong to it are gone; {@code exitCode} is null where it never ran. */
    void ended(PodRef pod, @Nullable Integer exitCode, PodEnd cause, String message);
}
