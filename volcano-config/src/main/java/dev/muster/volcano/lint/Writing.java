package dev.muster.volcano.lint;

import dev.muster.volcano.conf.Arguments;
import dev.muster.volcano.conf.Configuration;
import dev.muster.volcano.conf.Flags;
import dev.muster.volcano.conf.Item;
import dev.muster.volcano.conf.Surroundings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Whether the text says what its author thinks: forms and keys from the top down to plugins. */
final class Writing {
    private static final List<String> TOP = List.of("actions", "tiers", "configurations", "metrics");

    private Writing() {}

    static boolean isMapping(Configuration conf, Findings found) {
        Item written = conf.written();
        if (written.kind() == Item.Kind.NOTHING) {
            found.add(
                    Rule.NO_ACTIONS,
                    written.line(),
                    "The configuration is empty",
                    "Write at least actions: \"enqueue, allocate, backfill\" and the tiers; 'muster volcano diff' shows a whole one.");
            return false;
        }
        if (written.kind() != Item.Kind.MAPPING) {
            form(found, written, "The configuration", Item.Kind.MAPPING);
            return false;
        }
        return true;
    }

    static void look(Configuration conf, Surroundings around, Findings found) {
        Item written = conf.written();
        keys(written, TOP, "a configuration", found);
        conf.more().stream()
                .findFirst()
                .ifPresent(more -> found.add(
                        Rule.MORE_THAN_ONE_DOCUMENT,
                        more.line(),
                        "A second document begins here",
                        "Put everything into the first document, or take the second away."));
        written.field("actions")
                .filter(Item::isCollection)
                .ifPresent(actions -> form(found, actions, "actions", Item.Kind.TEXT));
        written.field("tiers").ifPresent(tiers -> tiers(tiers, found));
        written.field("configurations").ifPresent(list -> configurations(list, found));
        written.field("metrics")
                .filter(metrics -> is(metrics, Item.Kind.MAPPING, "metrics", found))
                .ifPresent(metrics -> metrics.entries().stream()
                        .filter(entry -> entry.value().isCollection())
                        .forEach(entry -> form(found, entry.value(), "metrics." + entry.key(), Item.Kind.TEXT)));
    }

    private static void tiers(Item tiers, Findings found) {
        if (!is(tiers, Item.Kind.LIST, "tiers", found)) {
            return;
        }
        for (Item level : tiers.items()) {
            if (is(level, Item.Kind.MAPPING, "a tier", found)) {
                keys(level, List.of("plugins"), "a tier", found);
                level.field("plugins")
                        .filter(plugins -> is(plugins, Item.Kind.LIST, "plugins", found))
                        .ifPresent(plugins -> plugins.items().forEach(plugin -> plugin(plugin, found)));
            }
        }
    }

    private static void plugin(Item plugin, Findings found) {
        if (plugin.kind() != Item.Kind.MAPPING) {
            found.add(
                    Rule.WRONG_FORM,
                    plugin.line(),
                    "A plugin must be a mapping with a name, and is '%s'".formatted(Words.shown(plugin.shown())),
                    "Write '- name: %s'.".formatted(plugin.isCollection() ? "…" : Words.shown(plugin.text())));
            return;
        }
        repeated(plugin, found);
        for (Item.Entry entry : plugin.entries()) {
            Item value = entry.value();
            if (entry.key().equals("name")) {
                if (value.isCollection()) {
                    form(found, value, "the name of a plugin", Item.Kind.TEXT);
                }
            } else if (entry.key().equals("arguments")) {
                if (value.kind() != Item.Kind.NOTHING && is(value, Item.Kind.MAPPING, "arguments", found)) {
                    repeated(value, found);
                }
            } else if (Flags.ALL.contains(entry.key())) {
                if (value.kind() != Item.Kind.SWITCH && value.kind() != Item.Kind.NOTHING) {
                    form(found, value, entry.key(), Item.Kind.SWITCH);
                }
            } else {
                unknownFlag(entry, found);
            }
        }
    }

    private static void unknownFlag(Item.Entry entry, Findings found) {
        String key = Words.shown(entry.key());
        Flags.meant(entry.key())
                .ifPresentOrElse(
                        meant -> found.add(
                                Rule.WRONG_FLAG_NAME,
                                entry.line(),
                                "'%s' is no switch of Volcano".formatted(key),
                                "Write '%s'.".formatted(meant)),
                        () -> found.add(
                                Rule.UNKNOWN_KEY,
                                entry.line(),
                                "'%s' is no key of a plugin".formatted(key),
                                entry.key().contains(".")
                                        ? "Arguments of a plugin stand under 'arguments:'."
                                        : "Known are name, arguments, and the switches: %s."
                                                .formatted(String.join(", ", Flags.ALL))));
    }

    private static void configurations(Item list, Findings found) {
        if (!is(list, Item.Kind.LIST, "configurations", found)) {
            return;
        }
        for (Item configuration : list.items()) {
            if (is(configuration, Item.Kind.MAPPING, "a configuration of an action", found)) {
                keys(configuration, List.of("name", "arguments"), "a configuration of an action", found);
                configuration
                        .field("arguments")
                        .ifPresent(arguments -> is(arguments, Item.Kind.MAPPING, "arguments", found));
            }
        }
    }

    /** Names of actions and plugins. */
    static void words(Configuration conf, Surroundings around, Findings found) {
        int line = conf.written()
                .field("actions")
                .map(Item::line)
                .orElse(conf.written().line());
        if (conf.actions().isEmpty()) {
            found.add(Rule.NO_ACTIONS, line, "No action is listed", "Write actions: \"enqueue, allocate, backfill\".");
        }
        conf.actions().stream()
                .filter(action -> !Arguments.actions().contains(action.name()))
                .forEach(action -> found.add(
                        Rule.UNKNOWN_ACTION,
                        action.line(),
                        "'%s' is no action of Volcano".formatted(Words.shown(action.name())),
                        Words.advice(action.name(), Arguments.actions())));
        Set<String> seen = new HashSet<>();
        conf.plugins().forEach(plugin -> {
            String name = Words.shown(plugin.name());
            if (!Arguments.plugins().contains(plugin.name())) {
                found.add(
                        Rule.UNKNOWN_PLUGIN,
                        plugin.line(),
                        name.isEmpty() ? "A plugin has no name" : "'%s' is no plugin of Volcano".formatted(name),
                        Words.advice(plugin.name(), Arguments.plugins()));
            } else if (!seen.add(plugin.name())) {
                found.add(
                        Rule.REPEATED_PLUGIN,
                        plugin.line(),
                        "The plugin '%s' is there a second time".formatted(name),
                        "Keep one, in the tier where it belongs.");
            }
        });
    }

    private static void keys(Item mapping, List<String> known, String what, Findings found) {
        repeated(mapping, found);
        mapping.entries().stream()
                .filter(entry -> !known.contains(entry.key()))
                .forEach(entry -> found.add(
                        Rule.UNKNOWN_KEY,
                        entry.line(),
                        "'%s' is no key of %s".formatted(Words.shown(entry.key()), what),
                        Words.advice(entry.key(), known)));
    }

    private static void repeated(Item mapping, Findings found) {
        new ArrayList<>(mapping.repeated().toList())
                .forEach(entry -> found.add(
                        Rule.REPEATED_KEY,
                        entry.line(),
                        "'%s' is there a second time".formatted(Words.shown(entry.key())),
                        "Keep one of the two."));
    }

    private static boolean is(Item item, Item.Kind kind, String what, Findings found) {
        if (item.kind() == Item.Kind.NOTHING) {
            return false;
        }
        if (item.kind() != kind) {
            form(found, item, what, kind);
        }
        return item.kind() == kind;
    }

    private static void form(Findings found, Item item, String what, Item.Kind expected) {
        found.add(
                Rule.WRONG_FORM,
                item.line(),
                "%s must be %s, and is %s"
                        .formatted(
                                what,
                                expected.word(),
                                item.isCollection()
                                        ? item.kind().word()
                                        : "'" + Words.shown(item.shown()) + "' ("
                                                + item.kind().word() + ")"),
                expected == Item.Kind.SWITCH
                        ? "Write true or false without quotes."
                        : "Write " + expected.word() + ".");
    }
}
