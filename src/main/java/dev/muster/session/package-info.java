/** Jobs that people use: when somebody last did, and their end when nobody does. */
@NullMarked
package dev.muster.session;

import org.jspecify.annotations.NullMarked;
