package dev.muster.volcano.render;

/** {@code volcano-scheduler.conf} as text. Same wishes, same text; every victim filter is in one tier, the strictest last. */
public final class Rendering {
    private Rendering() {}

    public static String of(Wanted wanted) {
        StringBuilder text = new StringBuilder();
        line(text, "# Written by Muster from its policy: change that ('muster policy'), not this text.");
        line(text, "actions: \"%s\"".formatted(wanted.eviction().actions()));
        line(text, "tiers:");
        line(text, "- plugins:");
        line(text, "  - name: priority");
        line(text, "  - name: conformance");
        line(text, "  - name: gang");
        if (wanted.eviction() == Eviction.BREAK_GANGS) {
            line(text, "    enablePreemptable: false");
        }
        line(text, "  - name: capacity");
        line(text, "  - name: predicates");
        line(text, "  - name: nodeorder");
        line(text, "    arguments:");
        NodeOrder order = wanted.nodeOrder();
        line(text, "      leastrequested.weight: " + order.leastRequested());
        line(text, "      balancedresource.weight: " + order.balanced());
        line(text, "      podtopologyspread.weight: " + order.topologySpread());
        // 0 is what Volcano takes where nothing is said of it, unlike of the others.
        if (order.mostRequested() > 0) {
            line(text, "      mostrequested.weight: " + order.mostRequested());
        }
        line(text, "  - name: binpack");
        line(text, "    arguments:");
        line(text, "      binpack.weight: " + wanted.weight());
        line(text, "      binpack.cpu: " + wanted.cpuWeight());
        line(text, "      binpack.memory: " + wanted.memoryWeight());
        if (!wanted.scarce().isEmpty()) {
            line(text, "      binpack.resources: \"%s\"".formatted(String.join(", ", wanted.scarce())));
            wanted.scarce()
                    .forEach(name ->
                            line(text, "      binpack.resources.%s: %d".formatted(name, wanted.scarceWeight())));
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append('\n');
    }
}
