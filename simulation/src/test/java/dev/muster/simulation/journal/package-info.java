@NullMarked
package dev.muster.simulation.journal;

import org.jspecify.annotations.NullMarked;
