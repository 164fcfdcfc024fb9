@NullMarked
package dev.muster.kubernetes.log;

import org.jspecify.annotations.NullMarked;
