/** What people and monitoring are told: why a job waits or how it ended, and figures. */
@NullMarked
package dev.muster.report;

import org.jspecify.annotations.NullMarked;
