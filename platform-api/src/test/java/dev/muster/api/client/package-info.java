@NullMarked
package dev.muster.api.client;

import org.jspecify.annotations.NullMarked;
