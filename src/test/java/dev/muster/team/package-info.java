/** Tests of what teams are. */
@NullMarked
package dev.muster.team;

import org.jspecify.annotations.NullMarked;
