@NullMarked
package dev.muster.cli.screen;

import org.jspecify.annotations.NullMarked;
