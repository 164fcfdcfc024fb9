/** The configuration that Muster wants of Volcano's scheduler, as text, and how it differs from another. */
@NullMarked
package dev.muster.volcano.render;

import org.jspecify.annotations.NullMarked;
