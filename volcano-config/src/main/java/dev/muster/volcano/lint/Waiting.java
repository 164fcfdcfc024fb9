package dev.muster.volcano.lint;

import dev.muster.volcano.conf.Configuration;
import dev.muster.volcano.conf.PluginUse;
import dev.muster.volcano.conf.Surroundings;
import java.util.List;
import java.util.Optional;

/** Who waits, and in which order. */
final class Waiting {
    private Waiting() {}

    static void look(Configuration conf, Surroundings around, Findings found) {
        Optional<PluginUse> quota = quota(conf);
        conf.action("enqueue")
                .filter(enqueue -> quota.isPresent())
                .filter(enqueue -> conf.anyAction(List.of("preempt", "reclaim")).isPresent())
                .ifPresent(
                        enqueue -> found.add(
                                Rule.ENQUEUE_HIDES_WAITING,
                                enqueue.line(),
                                "'enqueue' with '%s' hides from %s who waits for a full queue"
                                        .formatted(
                                                quota.orElseThrow().name(),
                                                conf.anyAction(List.of("preempt", "reclaim"))
                                                        .orElseThrow()
                                                        .name()),
                                "Take 'enqueue' away (then pods of all waiting jobs are created), or leave eviction to Muster."));
        conf.plugin("overcommit")
                .filter(overcommit -> quota.isPresent() && overcommit.number("overcommit-factor", 1.2) > 1)
                .ifPresent(overcommit -> found.add(
                        Rule.OVERCOMMIT_BEYOND_QUOTA,
                        overcommit.line(),
                        "'overcommit' lets in %s times the cluster beside the quotas of '%s'"
                                .formatted(
                                        overcommit.number("overcommit-factor", 1.2),
                                        quota.orElseThrow().name()),
                        "Take 'overcommit' away, or write overcommit-factor: 1."));
        conf.plugin("drf").filter(drf -> drf.isOn("enableJobOrder")).ifPresent(drf -> List.of("gang", "priority")
                .forEach(later -> conf.plugin(later)
                        .filter(plugin -> conf.place(plugin) > conf.place(drf))
                        .ifPresent(plugin -> found.add(
                                Rule.DRF_BEFORE_GANG,
                                drf.line(),
                                "'drf' orders jobs before '%s' is asked".formatted(later),
                                "Put drf after priority and gang, or write enableJobOrder: false under it."))));
        conf.plugin("sla")
                .ifPresent(sla -> found.add(
                        Rule.SLA_RESERVES_NOTHING,
                        sla.line(),
                        "'sla' keeps no room for the job that has waited too long",
                        "Let Muster's backfill.maxPassed keep nodes for it, or be content with the order."));
    }

    static Optional<PluginUse> quota(Configuration conf) {
        return conf.plugin("capacity").or(() -> conf.plugin("proportion"));
    }
}
