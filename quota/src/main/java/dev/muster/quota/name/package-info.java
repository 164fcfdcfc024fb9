/** Names and ids as types: what a queue, a job, a node is called. */
@NullMarked
package dev.muster.quota.name;

import org.jspecify.annotations.NullMarked;
