/** A snapshot as a scenario file: what the laws' counterexamples and the service write, and {@code muster plan} reads. */
@NullMarked
package dev.muster.quota.scenario;

import org.jspecify.annotations.NullMarked;
