/** Time and chance of a simulation: what happens when, and what is drawn by lot; the same seed gives the same story. */
@NullMarked
package dev.muster.simulation.event;

import org.jspecify.annotations.NullMarked;
