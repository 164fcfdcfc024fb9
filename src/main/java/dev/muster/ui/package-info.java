/**
 * The pages: what the API says, drawn. Records that templates read (pure functions of wire records make them) and the
 * resources that serve them. No page needs a script to be read.
 */
@NullMarked
package dev.muster.ui;

import org.jspecify.annotations.NullMarked;
