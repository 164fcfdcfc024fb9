/** The cluster port on Kubernetes with Volcano: PodGroups, bare pods, what they tell. The only place that makes them. */
@NullMarked
package dev.muster.kubernetes;

import org.jspecify.annotations.NullMarked;
