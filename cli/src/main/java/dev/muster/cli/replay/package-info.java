/** A trace through the service, and the figures that come out. */
@NullMarked
package dev.muster.cli.replay;

import org.jspecify.annotations.NullMarked;
