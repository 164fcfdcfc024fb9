/** Tests of the webhook and the policies on a real API server. */
@NullMarked
package dev.muster.kubernetes.admission;

import org.jspecify.annotations.NullMarked;
