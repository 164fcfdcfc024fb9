@NullMarked
package dev.muster.simulation.site;

import org.jspecify.annotations.NullMarked;
