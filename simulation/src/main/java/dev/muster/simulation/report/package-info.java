/** A simulation's figures as a page, as tables, as files for programs. */
@NullMarked
package dev.muster.simulation.report;

import org.jspecify.annotations.NullMarked;
