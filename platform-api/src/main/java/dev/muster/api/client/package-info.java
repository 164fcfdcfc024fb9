/** A client of the service on the JDK's own HTTP client: typed calls, problems as exceptions, streams that resume. */
@NullMarked
package dev.muster.api.client;

import org.jspecify.annotations.NullMarked;
