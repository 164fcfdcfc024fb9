/** Jobs that come again: when a schedule's ticks are, which interval of data each stands for, what becomes of each. Pure rules. */
@NullMarked
package dev.muster.schedule;

import org.jspecify.annotations.NullMarked;
