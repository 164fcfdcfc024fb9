/** Gangs that were created past Muster: what is there, launched and released by its own means. */
@NullMarked
package dev.muster.kubernetes.external;

import org.jspecify.annotations.NullMarked;
