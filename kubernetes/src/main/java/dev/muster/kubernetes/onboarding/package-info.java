/** A team's place in the cluster: namespace, service account of its drivers, and what that may do; made, adopted, watched, taken away. */
@NullMarked
package dev.muster.kubernetes.onboarding;

import org.jspecify.annotations.NullMarked;
