/** What people may do to a job after it was accepted. */
@NullMarked
package dev.muster.steering;

import org.jspecify.annotations.NullMarked;
