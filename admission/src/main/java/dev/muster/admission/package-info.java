/**
 * What is said to objects that are created in teams' namespaces past Muster: reviews in, answers out. Pure: no clock, no file,
 * no connection, so that a dry run is a run.
 */
@NullMarked
package dev.muster.admission;

import org.jspecify.annotations.NullMarked;
