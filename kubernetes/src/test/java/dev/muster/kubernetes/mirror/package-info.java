@NullMarked
package dev.muster.kubernetes.mirror;

import org.jspecify.annotations.NullMarked;
