/** The engine: a frozen snapshot in, a plan of decisions with their reasons out. */
@NullMarked
package dev.muster.quota.plan;

import org.jspecify.annotations.NullMarked;
