/** Everything that an operator may tune of the planner, in numbered revisions. */
@NullMarked
package dev.muster.policy;

import org.jspecify.annotations.NullMarked;
