/** What another policy would have done with the recorded load: computed in the background, one at a time. */
@NullMarked
package dev.muster.rehearsal;

import org.jspecify.annotations.NullMarked;
