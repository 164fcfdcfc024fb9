/** Whether, where and how often gangs fit on the free room of nodes. */
@NullMarked
package dev.muster.quota.fit;

import org.jspecify.annotations.NullMarked;
