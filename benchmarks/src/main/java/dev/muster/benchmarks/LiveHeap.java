package dev.muster.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this process holds in memory. */
final class LiveHeap {
    private static final double MEBIBYTE = 1 << 20;

    private LiveHeap() {}

    /** What somebody still refers to. */
    static double mebibytes() {
        // What has a cleaner goes only with the second collection.
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MEBIBYTE;
    }

    /** The most memory of the machine that the process has had at any time; 0 where Linux does not tell. */
    static double mostResident() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToDouble(line -> Double.parseDouble(line.split("\\s+")[1]) / 1024)
                .findFirst()
                .orElse(0);
    }
}
