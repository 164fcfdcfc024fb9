package dev.muster.volcano.lint;

import dev.muster.volcano.conf.Configuration;
import dev.muster.volcano.conf.Surroundings;

/** What a configuration needs to have, so that gangs start whole where Muster said. */
final class Basics {
    private Basics() {}

    static void look(Configuration conf, Surroundings around, Findings found) {
        int actions = conf.lineOf("actions");
        int tiers = conf.lineOf("tiers");
        if (!conf.actions().isEmpty() && conf.action("allocate").isEmpty()) {
            found.add(
                    Rule.ALLOCATE_MISSING,
                    actions,
                    "The action 'allocate' is missing",
                    "Write actions: \"enqueue, allocate, backfill\".");
        }
        missing(conf, "gang", Rule.GANG_MISSING, tiers, found);
        missing(conf, "predicates", Rule.PREDICATES_MISSING, tiers, found);
        if (conf.plugin("capacity").isEmpty() && conf.plugin("proportion").isEmpty()) {
            found.add(
                    Rule.QUOTA_MISSING,
                    tiers,
                    "No plugin looks at what a queue may hold",
                    "Add '- name: capacity' after gang.");
        }
        conf.action("backfill")
                .filter(backfill -> conf.anyAction(Evictions.ACTIONS).isPresent()
                        || conf.plugin("sla").isPresent())
                .ifPresent(backfill -> found.add(
                        Rule.BACKFILL_NO_REQUESTS,
                        backfill.line(),
                        "'backfill' fills no gaps in front of a waiting gang",
                        "Keep it for pods without requests, and let Muster's backfill.depth do the other."));
    }

    private static void missing(Configuration conf, String plugin, Rule rule, int line, Findings found) {
        if (conf.plugin(plugin).isEmpty()) {
            found.add(
                    rule,
                    line,
                    "The plugin '%s' is missing".formatted(plugin),
                    "Add '- name: %s' to the first tier.".formatted(plugin));
        }
    }
}
