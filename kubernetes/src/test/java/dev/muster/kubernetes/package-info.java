@NullMarked
package dev.muster.kubernetes;

import org.jspecify.annotations.NullMarked;
