package dev.muster.volcano.lint;

import dev.muster.volcano.conf.Configuration;
import dev.muster.volcano.conf.Surroundings;

/** Looks at one side of a configuration. */
@FunctionalInterface
interface Check {
    void look(Configuration conf, Surroundings around, Findings found);
}
