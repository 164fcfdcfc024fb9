/** Several policies on the same cluster and the same seeds. */
@NullMarked
package dev.muster.simulation.experiment;

import org.jspecify.annotations.NullMarked;
