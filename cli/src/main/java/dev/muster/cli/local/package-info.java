/** A service of one's own: started as a process, waited for, ended with everything that it started. */
@NullMarked
package dev.muster.cli.local;

import org.jspecify.annotations.NullMarked;
