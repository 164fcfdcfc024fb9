@NullMarked
package dev.muster.quota.queue;

import org.jspecify.annotations.NullMarked;
