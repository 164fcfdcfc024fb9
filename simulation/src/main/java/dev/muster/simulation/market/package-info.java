/** How many nodes of an offering can be had, and how long one takes to come. */
@NullMarked
package dev.muster.simulation.market;

import org.jspecify.annotations.NullMarked;
