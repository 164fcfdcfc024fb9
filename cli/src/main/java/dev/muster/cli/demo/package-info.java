/** The demo: a service with a cluster and work to look at. */
@NullMarked
package dev.muster.cli.demo;

import org.jspecify.annotations.NullMarked;
