/** The webhook as it is served and kept: TLS, certificates in a Secret, the authorities in the configurations. */
@NullMarked
package dev.muster.kubernetes.admission;

import org.jspecify.annotations.NullMarked;
