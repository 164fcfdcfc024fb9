@NullMarked
package dev.muster.simulation;

import org.jspecify.annotations.NullMarked;
