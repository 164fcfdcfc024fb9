@NullMarked
package dev.muster.quota.resource;

import org.jspecify.annotations.NullMarked;
