/** What a cluster operator asks of an installation: teams' places, Volcano's configuration, what is wrong with it. */
@NullMarked
package dev.muster.operation;

import org.jspecify.annotations.NullMarked;
