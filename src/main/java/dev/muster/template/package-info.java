/** What jobs have in common, by name: defaults, and what they may not say otherwise. */
@NullMarked
package dev.muster.template;

import org.jspecify.annotations.NullMarked;
