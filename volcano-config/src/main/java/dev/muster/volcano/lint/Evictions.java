package dev.muster.volcano.lint;

import dev.muster.volcano.conf.ActionUse;
import dev.muster.volcano.conf.Configuration;
import dev.muster.volcano.conf.Item;
import dev.muster.volcano.conf.PluginUse;
import dev.muster.volcano.conf.Surroundings;
import java.util.List;
import java.util.Optional;

/** Who is evicted by Volcano itself, and whether that is what anybody wants. */
final class Evictions {
    static final List<String> ACTIONS = List.of("preempt", "reclaim", "gangpreempt", "gangreclaim", "shuffle");
    private static final List<String> PLAIN = List.of("preempt", "reclaim");
    private static final List<String> WHOLE = List.of("gangpreempt", "gangreclaim");

    private Evictions() {}

    static void look(Configuration conf, Surroundings around, Findings found) {
        conf.actions().stream()
                .filter(action -> ACTIONS.contains(action.name()))
                .forEach(action -> found.add(
                        Rule.VOLCANO_EVICTS,
                        action.line(),
                        "'%s' lets Volcano evict beside Muster".formatted(action.name()),
                        "Take '%s' away and let Muster's policy evict (eviction.preempt, eviction.reclaim)."
                                .formatted(action.name())));
        Optional<ActionUse> whole = conf.anyAction(WHOLE);
        Optional<ActionUse> plain = conf.anyAction(PLAIN);
        if (whole.isPresent() && plain.isPresent()) {
            found.add(
                    Rule.MIXED_EVICTIONS,
                    whole.get().line(),
                    "'%s' beside '%s'".formatted(whole.get().name(), plain.get().name()),
                    "Keep one kind: preempt and reclaim, or gangpreempt and gangreclaim.");
        }
        conf.plugin("gang").ifPresent(gang -> gangs(conf, gang, found));
        whole.ifPresent(action -> ignored(conf, action, found));
        conf.action("gangreclaim").ifPresent(reclaim -> conf.plugin("capacity")
                .flatMap(capacity -> capacity.argument("ancestorReclaimLevel"))
                .filter(level -> !level.text().equals("0"))
                .ifPresent(level -> found.add(
                        Rule.GANGRECLAIM_BEYOND_ANCESTOR,
                        level.line(),
                        "ancestorReclaimLevel %s does not bind 'gangreclaim'".formatted(Words.shown(level.shown())),
                        "Use 'reclaim', or take the level away so that nobody relies on it.")));
        conf.action("shuffle")
                .filter(shuffle -> conf.plugin("pdb").isPresent())
                .ifPresent(shuffle -> found.add(
                        Rule.SHUFFLE_WITH_PDB,
                        shuffle.line(),
                        "'shuffle' with the plugin 'pdb'",
                        "Take 'shuffle' away, or write enabledVictim: false under pdb."));
    }

    private static void gangs(Configuration conf, PluginUse gang, Findings found) {
        conf.action("preempt").ifPresent(preempt -> {
            if (gang.isOn("enablePreemptable")) {
                found.add(
                        Rule.RIGID_GANGS_NEVER_VICTIMS,
                        preempt.line(),
                        "'preempt' while 'gang' protects every pod that its gang needs",
                        "Leave preemption to Muster, which evicts whole gangs; enablePreemptable: false under gang lets Volcano break them.");
            } else {
                found.add(
                        Rule.PREEMPT_BREAKS_GANGS,
                        gang.written()
                                .field("enablePreemptable")
                                .map(Item::line)
                                .orElse(gang.line()),
                        "'preempt' while 'gang' has no say: one pod of a gang may go alone",
                        "Leave preemption to Muster, or give every job a policy that restarts it when a pod was evicted.");
            }
        });
        conf.action("reclaim")
                .filter(reclaim -> gang.isOn("enableReclaimable"))
                .ifPresent(reclaim -> found.add(
                        Rule.RECLAIM_SPARES_RIGID_GANGS,
                        reclaim.line(),
                        "'reclaim' takes nothing from queues that are full of rigid gangs",
                        "Leave reclaim to Muster, which takes whole gangs."));
    }

    private static void ignored(Configuration conf, ActionUse action, Findings found) {
        for (PluginUse plugin : conf.plugins()) {
            if (List.of("gang", "priority", "capacity", "conformance").contains(plugin.name())
                    && (!plugin.isOn("enablePreemptable") || !plugin.isOn("enableReclaimable"))) {
                found.add(
                        Rule.GANG_ACTIONS_IGNORE_FLAGS,
                        plugin.line(),
                        "'%s' asks '%s' although it is switched off".formatted(action.name(), plugin.name()),
                        "Take the plugin away where its vote is not wanted; the switch does not count here.");
            }
        }
    }
}
