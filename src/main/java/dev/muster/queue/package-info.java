/** Queues as they are kept: a node of the tree and the team that owns it. */
@NullMarked
package dev.muster.queue;

import org.jspecify.annotations.NullMarked;
