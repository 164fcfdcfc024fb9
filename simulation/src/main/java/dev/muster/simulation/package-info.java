/** A cluster in memory with its own clock and journal: places gangs as Volcano would, runs them for as long as they say. */
@NullMarked
package dev.muster.simulation;

import org.jspecify.annotations.NullMarked;
