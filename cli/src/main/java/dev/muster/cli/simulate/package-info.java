/** Simulations from files: clusters, what arrives in them, policies; and their figures for people. */
@NullMarked
package dev.muster.cli.simulate;

import org.jspecify.annotations.NullMarked;
