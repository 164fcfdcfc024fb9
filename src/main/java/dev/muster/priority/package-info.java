/** Priority classes: a number, and whether it may preempt. */
@NullMarked
package dev.muster.priority;

import org.jspecify.annotations.NullMarked;
