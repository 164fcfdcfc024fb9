@NullMarked
package dev.muster.cli.trace;

import org.jspecify.annotations.NullMarked;
