/** Who was given what: duties, the scope that each is held for, and what narrows a token. Plain Java. */
@NullMarked
package dev.muster.rights;

import org.jspecify.annotations.NullMarked;
