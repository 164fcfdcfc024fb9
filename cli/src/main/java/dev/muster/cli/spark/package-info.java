/** Manifests of the Spark operator, turned into jobs and schedules of Muster. */
@NullMarked
package dev.muster.cli.spark;

import org.jspecify.annotations.NullMarked;
