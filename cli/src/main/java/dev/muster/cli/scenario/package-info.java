/** Scenario files: a cluster, its queues and jobs as a person writes them, planned without a service. docs/scenarios.md. */
@NullMarked
package dev.muster.cli.scenario;

import org.jspecify.annotations.NullMarked;
