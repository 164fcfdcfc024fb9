@NullMarked
package dev.muster.quota.node;

import org.jspecify.annotations.NullMarked;
