/** Deletes what is kept no longer: jobs whose time to live is over, and what is older than the operator keeps. */
@NullMarked
package dev.muster.retention;

import org.jspecify.annotations.NullMarked;
