/** The webhook as part of the service: what it knows of teams and queues, its start and its end. */
@NullMarked
package dev.muster.webhook;

import org.jspecify.annotations.NullMarked;
