/** What happened: append-only, one event for every move and every edit. */
@NullMarked
package dev.muster.event;

import org.jspecify.annotations.NullMarked;
