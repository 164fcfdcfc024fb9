/** The one loop that changes the world: read what changed, observe, plan, act, report. Only the leader turns it. */
@NullMarked
package dev.muster.cycle;

import org.jspecify.annotations.NullMarked;
