/** Which node a pod goes to: all of a gang or none, by Volcano's binpack score. */
@NullMarked
package dev.muster.simulation.placement;

import org.jspecify.annotations.NullMarked;
