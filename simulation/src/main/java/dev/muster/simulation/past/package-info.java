/** What a service recorded of its past, so that it can happen again. */
@NullMarked
package dev.muster.simulation.past;

import org.jspecify.annotations.NullMarked;
