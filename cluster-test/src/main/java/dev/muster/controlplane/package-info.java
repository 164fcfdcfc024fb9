/** A control plane of one's own for tests, made of processes, or the cluster that is given instead. Never part of the product. */
@NullMarked
package dev.muster.controlplane;

import org.jspecify.annotations.NullMarked;
