/** Who decides in a simulation which job starts where: Muster's planner, and what it is compared with. */
@NullMarked
package dev.muster.simulation.scheduler;

import org.jspecify.annotations.NullMarked;
