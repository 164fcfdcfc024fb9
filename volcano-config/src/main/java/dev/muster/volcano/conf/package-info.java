/** {@code volcano-scheduler.conf} as it is written, with the line of everything in it, and the tables of what Volcano knows. */
@NullMarked
package dev.muster.volcano.conf;

import org.jspecify.annotations.NullMarked;
