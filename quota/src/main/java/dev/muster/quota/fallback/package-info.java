/** When jobs that want spot nodes first may use others, and what their teams may spend on that. */
@NullMarked
package dev.muster.quota.fallback;

import org.jspecify.annotations.NullMarked;
