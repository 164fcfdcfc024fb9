/** Where the service is and how it is asked. */
@NullMarked
package dev.muster.cli.connection;

import org.jspecify.annotations.NullMarked;
