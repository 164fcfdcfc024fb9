package dev.muster.controlplane.volcano;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Nodes with what runs there already, queues, and gangs that all wait when the nodes open. Cpu in thousandths, memory in Mi. */
record Scenario(String name, List<Machine> machines, List<Line> lines, List<Band> bands) {
    Scenario {
        machines = List.copyOf(machines);
        lines = List.copyOf(lines);
        bands = List.copyOf(bands);
    }

    /** The same with its nodes in another order, which decides between nodes of equal score. */
    Scenario shuffled(long seed) {
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, machines.size()).boxed().toList());
        Collections.shuffle(order, new Random(seed));
        List<Machine> renamed = new ArrayList<>();
        for (int i = 0; i < order.size(); i++) {
            Machine machine = machines.get(order.get(i));
            renamed.add(new Machine(
                    machines.get(i).name(), machine.shape(), machine.labels(), machine.tainted(), machine.residents()));
        }
        return new Scenario(name, renamed, lines, bands);
    }

    /** A node; {@code residents} are pods that were bound before. */
    record Machine(String name, Amounts shape, Map<String, String> labels, boolean tainted, List<Amounts> residents) {}

    /** A queue; without a limit where its capability is null. */
    record Line(String name, @Nullable Amounts capability) {}

    /** A gang, with a class of 0 to 2; a minimum of 0 in a role says nothing of that role. */
    record Band(String name, String line, int level, int minMember, List<Part> parts) {
        Band {
            parts = List.copyOf(parts);
        }
    }

    /** A role of a gang: equal pods, {@code minimum} of which must start; {@code gated} of them never may. */
    record Part(
            String role,
            int pods,
            int minimum,
            int gated,
            Amounts ask,
            Map<String, String> selector,
            boolean tolerates) {}

    record Amounts(int cpu, int memory, int gpus) {}
}
