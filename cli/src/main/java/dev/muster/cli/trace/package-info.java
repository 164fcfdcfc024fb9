/** Recorded workloads of other systems, read record by record: what can be replayed, and what is wrong with the rest. */
@NullMarked
package dev.muster.cli.trace;

import org.jspecify.annotations.NullMarked;
