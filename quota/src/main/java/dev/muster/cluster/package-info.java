/** The port to where gangs run: {@link dev.muster.cluster.Cluster} and its words. */
@NullMarked
package dev.muster.cluster;

import org.jspecify.annotations.NullMarked;
