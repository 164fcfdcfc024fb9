/** Teams and the defaults that they give to their jobs. */
@NullMarked
package dev.muster.team;

import org.jspecify.annotations.NullMarked;
