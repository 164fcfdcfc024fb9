@NullMarked
package dev.muster.simulation.experiment;

import org.jspecify.annotations.NullMarked;
