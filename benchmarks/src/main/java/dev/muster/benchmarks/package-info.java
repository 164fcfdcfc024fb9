/** Measurements of the engine and of the packaged service, checked against written limits. */
@NullMarked
package dev.muster.benchmarks;

import org.jspecify.annotations.NullMarked;
