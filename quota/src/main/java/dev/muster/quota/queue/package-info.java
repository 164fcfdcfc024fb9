/** The queue tree as a quota admin writes it. */
@NullMarked
package dev.muster.quota.queue;

import org.jspecify.annotations.NullMarked;
