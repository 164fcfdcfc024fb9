/** The muster command: one class per verb; what a verb shows goes through {@link dev.muster.cli.screen.Screen}. */
@NullMarked
package dev.muster.cli;

import org.jspecify.annotations.NullMarked;
