/** Tells addresses of the moves of jobs, until they have heard it. */
@NullMarked
package dev.muster.callback;

import org.jspecify.annotations.NullMarked;
