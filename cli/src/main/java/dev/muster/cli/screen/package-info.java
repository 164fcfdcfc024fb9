/** What a person sees: colours, tables, bars, and the same as JSON or YAML for programs. */
@NullMarked
package dev.muster.cli.screen;

import org.jspecify.annotations.NullMarked;
