/** Everything that an operator may tune of the planner, in numbered revisions. */
@NullMarked
package dev.muster.quota.policy;

import org.jspecify.annotations.NullMarked;
