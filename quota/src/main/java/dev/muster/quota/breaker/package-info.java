/** Stops asking an offering for nodes after failures, and what operators say about that. */
@NullMarked
package dev.muster.quota.breaker;

import org.jspecify.annotations.NullMarked;
