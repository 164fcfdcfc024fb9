/** What was held of the cluster over a length of time, by whom, and what it cost. */
@NullMarked
package dev.muster.quota.usage;

import org.jspecify.annotations.NullMarked;
