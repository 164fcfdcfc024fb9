/** Nodes, their taints, and which nodes a pod allows. */
@NullMarked
package dev.muster.quota.node;

import org.jspecify.annotations.NullMarked;
