/** What Muster keeps of its queues and priority classes in the cluster, for Volcano and for whoever looks there. */
@NullMarked
package dev.muster.kubernetes.mirror;

import org.jspecify.annotations.NullMarked;
