@NullMarked
package dev.muster.quota.name;

import org.jspecify.annotations.NullMarked;
