@NullMarked
package dev.muster.simulation.placement;

import org.jspecify.annotations.NullMarked;
