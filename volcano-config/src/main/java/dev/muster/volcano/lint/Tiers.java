package dev.muster.volcano.lint;

import dev.muster.volcano.conf.Configuration;
import dev.muster.volcano.conf.PluginUse;
import dev.muster.volcano.conf.Surroundings;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** How the votes of plugins in several tiers combine when pods are chosen for eviction. */
final class Tiers {
    /** The strictest last. */
    private static final List<String> ORDER = List.of("conformance", "cdp", "pdb", "gang", "capacity", "proportion");

    private static final List<String> ON_RECLAIM =
            List.of("conformance", "gang", "pdb", "cdp", "extender", "drf", "capacity", "proportion");
    private static final List<String> ON_PREEMPT =
            List.of("priority", "conformance", "gang", "drf", "tdm", "pdb", "cdp", "extender");
    private static final List<String> ON_GANG_ACTIONS = List.of("priority", "conformance", "gang", "capacity");

    private Tiers() {}

    static void look(Configuration conf, Surroundings around, Findings found) {
        conf.action("reclaim").ifPresent(action -> walk(conf, "reclaim", ON_RECLAIM, Tiers::votesOnReclaim, found));
        conf.action("preempt")
                .ifPresent(
                        action -> walk(conf, "preempt", ON_PREEMPT, plugin -> plugin.isOn("enablePreemptable"), found));
        conf.anyAction(List.of("gangreclaim", "gangpreempt"))
                .ifPresent(action -> walk(conf, action.name(), ON_GANG_ACTIONS, plugin -> true, found));
    }

    private static boolean votesOnReclaim(PluginUse plugin) {
        return plugin.isOn("enableReclaimable") && (!plugin.name().equals("drf") || plugin.isOn("enableHierarchy"));
    }

    private static void walk(
            Configuration conf, String action, List<String> voters, Predicate<PluginUse> votes, Findings found) {
        List<PluginUse> asked = conf.plugins().stream()
                .filter(plugin -> voters.contains(plugin.name()) && votes.test(plugin))
                .toList();
        if (asked.isEmpty()) {
            return;
        }
        int first = asked.get(0).level();
        Optional<PluginUse> quota = Waiting.quota(conf).filter(asked::contains);
        quota.filter(late -> late.level() > first)
                .ifPresent(late -> found.add(
                        Rule.FILTERS_IN_SEVERAL_TIERS,
                        late.line(),
                        "'%s' is in tier %d, and %s in tier %d decide%s who is evicted by '%s' before it is asked"
                                .formatted(
                                        late.name(),
                                        late.level(),
                                        names(asked, first),
                                        first,
                                        isOne(asked, first),
                                        action),
                        "Put them into one tier, in the order %s.".formatted(String.join(", ", ORDER.subList(0, 5)))));
        asked.stream()
                .filter(plugin ->
                        plugin.level() > first && quota.filter(plugin::equals).isEmpty())
                .forEach(later -> found.add(
                        Rule.LATER_TIERS_OVERRULE,
                        later.line(),
                        "'%s' in tier %d names victims of '%s' that tier %d protected"
                                .formatted(later.name(), later.level(), action, first),
                        later.name().equals("drf")
                                ? "Write enablePreemptable: false under drf, or take it away."
                                : "Move '%s' into tier %d.".formatted(later.name(), first)));
        order(asked, action, found);
    }

    private static void order(List<PluginUse> asked, String action, Findings found) {
        for (int i = 1; i < asked.size(); i++) {
            PluginUse before = asked.get(i - 1);
            PluginUse plugin = asked.get(i);
            boolean known = ORDER.contains(before.name()) && ORDER.contains(plugin.name());
            if (known
                    && before.level() == plugin.level()
                    && ORDER.indexOf(before.name()) > ORDER.indexOf(plugin.name())) {
                found.add(
                        Rule.ORDER_OF_FILTERS,
                        plugin.line(),
                        "'%s' stands after '%s' and can name again whom that one refused to '%s'"
                                .formatted(plugin.name(), before.name(), action),
                        "Put '%s' before '%s'.".formatted(plugin.name(), before.name()));
            }
        }
    }

    private static String names(List<PluginUse> asked, int level) {
        return String.join(
                ", ",
                asked.stream()
                        .filter(plugin -> plugin.level() == level)
                        .map(PluginUse::name)
                        .toList());
    }

    private static String isOne(List<PluginUse> asked, int level) {
        return asked.stream().filter(plugin -> plugin.level() == level).count() == 1 ? "s" : "";
    }
}
