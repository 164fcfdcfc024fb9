package dev.muster.quota.fragmentation;

import dev.muster.quota.node.Node;
import dev.muster.quota.resource.Resources;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Whether a pod that asks a little less would fit once more on a node: DaemonSets take some of every node, and sizes rarely divide what is left. */
public final class Advice {
    /** Nobody is told to do with less than this part of what they ask. */
    private static final double LEAST = 0.9;
    /** Sizes are told in steps that people write: 50 millicores, 64 MiB. */
    private static final long CPU_STEP = 50;

    private static final long BYTE_STEP = 64L << 20;

    private Advice() {}

    /** Of an empty node of this kind; empty where nothing is to be gained, or too much would have to go. */
    public static Optional<String> of(Shape shape, Node node) {
        if (!shape.mayRunOn(node)) {
            return Optional.empty();
        }
        Resources room = node.allocatable().minus(node.overhead());
        long fits = Math.max(0, node.maxPods() - node.foreignPods());
        for (String name : shape.pod().names()) {
            fits = Math.min(fits, room.amount(name) / shape.pod().amount(name));
        }
        if (fits == 0 || fits >= node.maxPods() - node.foreignPods()) {
            return Optional.empty();
        }
        Map<String, Long> less = new TreeMap<>();
        for (String name : shape.pod().names()) {
            long size = Math.min(shape.pod().amount(name), rounded(name, room.amount(name) / (fits + 1)));
            if (size < shape.pod().amount(name) * LEAST) {
                return Optional.empty();
            }
            if (size < shape.pod().amount(name)) {
                less.put(name, size);
            }
        }
        String overhead = node.overhead().isZero()
                ? ""
                : " of which others take " + node.overhead().spoken();
        return Optional.of("%d of %s fit a node of %s%s; at %s %d fit"
                .formatted(
                        fits,
                        shape.pod().spoken(),
                        node.allocatable().spoken(),
                        overhead,
                        Resources.of(less).spoken(),
                        fits + 1));
    }

    private static long rounded(String name, long amount) {
        long step = name.equals(Resources.CPU) ? CPU_STEP : name.equals(Resources.MEMORY) ? BYTE_STEP : 1;
        return amount / step * step;
    }
}
