/**
 * Volcano's scheduler for tests, where a real one is not at hand: what Muster relies on, with the placement of the simulation.
 * The same contract tests are run against it and against a real Volcano.
 */
@NullMarked
package dev.muster.controlplane.volcano;

import org.jspecify.annotations.NullMarked;
