/** Tests of gangs that were created past Muster, on a real API server. */
@NullMarked
package dev.muster.kubernetes.external;

import org.jspecify.annotations.NullMarked;
