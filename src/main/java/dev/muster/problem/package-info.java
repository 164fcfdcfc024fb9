/** What can go wrong for a caller: one exception with a stable code, and the one place that turns it into RFC 9457. */
@NullMarked
package dev.muster.problem;

import org.jspecify.annotations.NullMarked;
