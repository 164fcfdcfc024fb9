/** Models of what adds and removes nodes. */
@NullMarked
package dev.muster.simulation.autoscaler;

import org.jspecify.annotations.NullMarked;
