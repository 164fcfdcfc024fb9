/** The service: how it starts, and everything that may be set. */
@NullMarked
package dev.muster;

import org.jspecify.annotations.NullMarked;
