/** PostgreSQL as a child process, and the data directory that it lives in. */
@NullMarked
package dev.muster.embedded;

import org.jspecify.annotations.NullMarked;
