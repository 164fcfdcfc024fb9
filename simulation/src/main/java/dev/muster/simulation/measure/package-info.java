/** What is measured in a simulation, and what is said of several. */
@NullMarked
package dev.muster.simulation.measure;

import org.jspecify.annotations.NullMarked;
