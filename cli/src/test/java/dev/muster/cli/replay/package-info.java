@NullMarked
package dev.muster.cli.replay;

import org.jspecify.annotations.NullMarked;
