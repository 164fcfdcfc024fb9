@NullMarked
package dev.muster.simulation.process;

import org.jspecify.annotations.NullMarked;
