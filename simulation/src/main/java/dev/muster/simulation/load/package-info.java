/** What arrives in a simulation: jobs, and how they are made up. */
@NullMarked
package dev.muster.simulation.load;

import org.jspecify.annotations.NullMarked;
