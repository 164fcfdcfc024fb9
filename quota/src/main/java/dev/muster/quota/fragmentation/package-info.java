/** What of the nodes' free room nobody can use, and which nodes are held by a remainder. */
@NullMarked
package dev.muster.quota.fragmentation;

import org.jspecify.annotations.NullMarked;
