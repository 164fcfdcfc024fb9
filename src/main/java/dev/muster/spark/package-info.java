/** Spark applications: what a person says of one, and what its pods ask and run. Pure rules, by Spark's own. */
@NullMarked
package dev.muster.spark;

import org.jspecify.annotations.NullMarked;
