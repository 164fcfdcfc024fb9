package dev.muster.quota.usage;

import dev.muster.quota.name.PoolName;
import dev.muster.quota.resource.Resources;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Pods of one attempt in one pool that were held together: what all of them asked, since when and until when (null: still).
 * {@code lostSince} is from when on their work was for nothing because the platform took it away, null where it was not.
 */
public record Holding(
        Holder holder,
        PoolName pool,
        Resources pods,
        Instant since,
        @Nullable Instant until,
        @Nullable Instant lostSince) {}
