@NullMarked
package dev.muster.kubernetes.autoscaler;

import org.jspecify.annotations.NullMarked;
