@NullMarked
package dev.muster.simulation.fill;

import org.jspecify.annotations.NullMarked;
