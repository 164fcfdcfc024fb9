/** Which nodes could be empty if their few pods ran elsewhere. */
@NullMarked
package dev.muster.quota.consolidation;

import org.jspecify.annotations.NullMarked;
