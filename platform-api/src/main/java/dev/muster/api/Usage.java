package dev.muster.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was held of the cluster from {@code from} until before {@code to}: {@code total} of everything, {@code items} by what
 * {@code groupBy} names. {@code nextPageToken} absent: the last page.
 */
public record Usage(
        Instant from,
        Instant to,
        List<String> groupBy,
        Hours total,
        List<Group> items,
        @Nullable String nextPageToken) {
    /** One group: its values by dimension. */
    public record Group(Map<String, String> key, Hours hours) {}

    /**
     * Hours × amount of what pods asked, and what it cost by the prices of the pools at that time. {@code lost…} is the part that
     * was for nothing because the platform took it away; {@code unpricedCoreHours} are not in the cost, as nobody said a price.
     * {@code measured} is what was asked while it was measured what pods used, and what they used of it; absent where nobody measured.
     */
    public record Hours(
            double coreHours,
            double gibHours,
            double gpuHours,
            double cost,
            double lostCoreHours,
            double lostCost,
            double unpricedCoreHours,
            @Nullable Measured measured) {}

    /** Requested, used, and the difference, in the hours that were measured. */
    public record Measured(
            double requestedCoreHours,
            double usedCoreHours,
            double unusedCoreHours,
            double requestedGibHours,
            double usedGibHours,
            double unusedGibHours) {}
}
