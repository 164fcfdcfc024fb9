package dev.muster.quota.usage;

import dev.muster.quota.resource.Resources;
import java.math.BigInteger;

/**
 * How a node's price is shared out among what it has: in the proportion of OpenCost's default prices (0.031611 for a core,
 * 0.004237 for a GiB, 0.95 for a GPU an hour), scaled to the node's own price. So pods that fill a node cost what it costs, a part
 * costs a part, and the GPUs of a node carry most of its price. Other resources carry none.
 */
final class Weights {
    private static final BigInteger GIB = BigInteger.ONE.shiftLeft(30);
    private static final BigInteger MILLI = BigInteger.valueOf(1000);
    private static final BigInteger MILLICORE = BigInteger.valueOf(31_611).multiply(GIB);
    private static final BigInteger BYTE = BigInteger.valueOf(4_237).multiply(MILLI);
    private static final BigInteger GPU =
            BigInteger.valueOf(950_000).multiply(MILLI).multiply(GIB);

    private Weights() {}

    static BigInteger of(Resources amounts) {
        BigInteger sum = BigInteger.ZERO;
        for (String name : amounts.names()) {
            BigInteger amount = BigInteger.valueOf(amounts.amount(name));
            if (name.equals(Resources.CPU)) {
                sum = sum.add(amount.multiply(MILLICORE));
            } else if (name.equals(Resources.MEMORY)) {
                sum = sum.add(amount.multiply(BYTE));
            } else if (isGpu(name)) {
                sum = sum.add(amount.multiply(GPU));
            }
        }
        return sum;
    }

    /** {@code nvidia.com/gpu}, {@code amd.com/gpu}, parts of one such as {@code nvidia.com/mig-1g.5gb}. */
    static boolean isGpu(String name) {
        String last = name.substring(name.lastIndexOf('/') + 1);
        return last.startsWith("gpu") || last.startsWith("mig-");
    }
}
