/** REST under {@code /api/v1}: resources that parse, call and map; what the wire says, in the words of the domain and back. */
@NullMarked
package dev.muster.web;

import org.jspecify.annotations.NullMarked;
