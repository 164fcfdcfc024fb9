@NullMarked
package dev.muster.cli.manifest;

import org.jspecify.annotations.NullMarked;
