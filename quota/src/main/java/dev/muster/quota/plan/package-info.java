@NullMarked
package dev.muster.quota.plan;

import org.jspecify.annotations.NullMarked;
