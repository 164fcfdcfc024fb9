/** What {@code muster plan} shows of scenarios: for people, and for programs. */
@NullMarked
package dev.muster.cli.plan;

import org.jspecify.annotations.NullMarked;
