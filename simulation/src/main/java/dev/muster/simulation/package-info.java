/** A cluster in memory: {@link dev.muster.simulation.SimulatedCluster}, its clock, its journal and its processes. */
@NullMarked
package dev.muster.simulation;

import org.jspecify.annotations.NullMarked;
