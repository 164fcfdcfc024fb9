/** Who is asking and what they may do: the token, the session of the pages, hosts and origins, and the one question. */
@NullMarked
package dev.muster.access;

import org.jspecify.annotations.NullMarked;
