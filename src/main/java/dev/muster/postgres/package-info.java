/** The stores: domain records in and out, SQL and rows inside. Rows never leave this package. */
@NullMarked
package dev.muster.postgres;

import org.jspecify.annotations.NullMarked;
