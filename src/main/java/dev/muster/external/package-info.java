/** Jobs that were created past Muster: taken in, cancelled when their object goes, and their objects removed when they are. */
@NullMarked
package dev.muster.external;

import org.jspecify.annotations.NullMarked;
