package dev.muster.simulation.process;

import dev.muster.cluster.PodRef;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a pod runs as a process: the command with its arguments, and variables on top of the few that every process gets.
 * {@code remarks} are lines for its output, before its own. {@code fault} says why it cannot run at all, null if it can.
 */
public record PodCommand(
        PodRef pod,
        List<String> command,
        Map<String, String> variables,
        List<String> remarks,
        @Nullable String fault) {
    public PodCommand {
        command = List.copyOf(command);
        variables = Map.copyOf(variables);
        remarks = List.copyOf(remarks);
    }
}
