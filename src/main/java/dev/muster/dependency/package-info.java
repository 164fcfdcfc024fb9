/** Lets blocked jobs go on, or ends them, once those that they wait for have ended. */
@NullMarked
package dev.muster.dependency;

import org.jspecify.annotations.NullMarked;
