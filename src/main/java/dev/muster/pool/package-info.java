/** Pools of nodes as an operator declares them. */
@NullMarked
package dev.muster.pool;

import org.jspecify.annotations.NullMarked;
