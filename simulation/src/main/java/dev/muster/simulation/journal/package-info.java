/** The simulated cluster's memory: an append-only file of checked records. */
@NullMarked
package dev.muster.simulation.journal;

import org.jspecify.annotations.NullMarked;
