/** Tests of what is said to objects that are created past Muster. */
@NullMarked
package dev.muster.admission;

import org.jspecify.annotations.NullMarked;
