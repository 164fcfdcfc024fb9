/** Makes the runs of schedules: decides the ticks that are due, starts what may start, sees how runs end, fills the past. */
@NullMarked
package dev.muster.timetable;

import org.jspecify.annotations.NullMarked;
