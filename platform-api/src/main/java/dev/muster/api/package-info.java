/**
 * The words on the wire: one record per JSON object of {@code /api/v1}. Components that may be absent are {@code @Nullable}.
 * Quantities are Kubernetes quantities ("500m", "2Gi"), durations are written "1h30m", "90s" or ISO 8601, times are RFC 3339
 * in UTC.
 */
@NullMarked
package dev.muster.api;

import org.jspecify.annotations.NullMarked;
