/** The output of pods, kept before they vanish. */
@NullMarked
package dev.muster.archive;

import org.jspecify.annotations.NullMarked;
