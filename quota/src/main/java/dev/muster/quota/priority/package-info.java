/** Priority classes: named priorities and what they may do to others. */
@NullMarked
package dev.muster.quota.priority;

import org.jspecify.annotations.NullMarked;
