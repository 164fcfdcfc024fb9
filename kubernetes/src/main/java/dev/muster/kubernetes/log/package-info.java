/** What pods write, by byte, from kubelets that count lines and seconds. */
@NullMarked
package dev.muster.kubernetes.log;

import org.jspecify.annotations.NullMarked;
