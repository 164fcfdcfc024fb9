/** Files that jobs bring along: taken in by content, handed to their pods, deleted when nobody has used them for long. */
@NullMarked
package dev.muster.artifact;

import org.jspecify.annotations.NullMarked;
