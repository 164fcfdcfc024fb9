/** Lengths of time in words. */
@NullMarked
package dev.muster.quota.time;

import org.jspecify.annotations.NullMarked;
