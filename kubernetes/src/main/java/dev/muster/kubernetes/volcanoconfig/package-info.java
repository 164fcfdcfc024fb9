/** The configuration of Volcano's scheduler where it is kept in the cluster. */
@NullMarked
package dev.muster.kubernetes.volcanoconfig;

import org.jspecify.annotations.NullMarked;
