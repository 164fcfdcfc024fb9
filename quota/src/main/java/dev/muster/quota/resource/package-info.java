/** Amounts of resources of any name, in Kubernetes quantities. */
@NullMarked
package dev.muster.quota.resource;

import org.jspecify.annotations.NullMarked;
