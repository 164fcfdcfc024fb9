/** Jobs and attempts: what they ask, the states they pass through, what ended them. Records and pure functions. */
@NullMarked
package dev.muster.job;

import org.jspecify.annotations.NullMarked;
