/** The cluster of a simulation while it runs: nodes, jobs, attempts, and every change of them. */
@NullMarked
package dev.muster.simulation.site;

import org.jspecify.annotations.NullMarked;
