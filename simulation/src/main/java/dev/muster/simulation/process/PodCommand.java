package dev.muster.simulation.process;

import dev.muster.cluster.Download;
import dev.muster.cluster.PodRef;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a pod runs as a process: the command with its arguments, and variables on top of the few that every process gets.
 * {@code remarks} are lines for its output, before its own. {@code fault} says why it cannot run at all, null if it can.
 * {@code downloads} are fetched before it begins.
 */
public record PodCommand(
        PodRef pod,
        List<String> command,
        Map<String, String> variables,
        List<String> remarks,
        @Nullable String fault,
        List<Download> downloads) {
    /** One that brings nothing along. */
    public PodCommand(
            PodRef pod,
            List<String> command,
            Map<String, String> variables,
            List<String> remarks,
            @Nullable String fault) {
        this(pod, command, variables, remarks, fault, List.of());
    }

    public PodCommand {
        downloads = List.copyOf(downloads);
        command = List.copyOf(command);
        variables = Map.copyOf(variables);
        remarks = List.copyOf(remarks);
    }
}
