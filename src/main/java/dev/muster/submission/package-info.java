/** Accepting jobs: what they ask, their team's defaults, and every check that can be made before a job waits. */
@NullMarked
package dev.muster.submission;

import org.jspecify.annotations.NullMarked;
