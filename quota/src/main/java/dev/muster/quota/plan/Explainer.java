package dev.muster.quota.plan;

import dev.muster.quota.fit.GangShape;
import dev.muster.quota.fit.PoolFit;
import dev.muster.quota.fit.PoolQuota;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.queue.Ledger;
import dev.muster.quota.resource.Quantity;
import dev.muster.quota.resource.Resources;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says why a group of equal jobs waits, in words with numbers, about the world as the cycle left it. */
final class Explainer {
    private final World world;
    private final Groups groups;
    private final NeverReasons never;
    private final QuotaReasons quota;
    private final int launches;
    private final @Nullable Granting granting;

    Explainer(World world, Groups groups, int launches, @Nullable Granting granting) {
        this.granting = granting;
        this.world = world;
        this.groups = groups;
        this.never = new NeverReasons(world);
        this.quota = new QuotaReasons(world);
        this.launches = launches;
    }

    /** All that apply, in the order of {@link ReasonCode}; at least one. One thread at a time: a fit is tried on the room. */
    synchronized List<Reason> whyNot(Group group, List<Reason> special) {
        List<Reason> reasons = new ArrayList<>(special);
        if (group.queue == Ledger.NONE) {
            reasons.add(QuotaReasons.unknownQueue(group.queueName()));
        } else if (!groups.isOpen(group)) {
            reasons.add(QuotaReasons.closed(group.queueName()));
        }
        GangShape unhindered = group.unhindered;
        reasons.addAll(
                granting == null
                        ? never.of(group.queue, group.sample.roles(), unhindered)
                        : granting.never(group, never));
        if (groups.isInBackoff(group)) {
            reasons.add(backoff(group.sample));
        }
        reasons.addAll(quota.of(group));
        if (reasons.stream().noneMatch(reason -> reason.code() == ReasonCode.PLACEMENT_UNSATISFIABLE)) {
            nodes(group, reasons);
        }
        if (reasons.isEmpty() || onlyBackoffThoughItFits(group, reasons)) {
            reasons.add(bound());
        }
        reasons.sort(Comparator.comparing(Reason::code));
        return reasons;
    }

    private boolean onlyBackoffThoughItFits(Group group, List<Reason> reasons) {
        return groups.isInBackoff(group)
                && reasons.size() == 1
                && reasons.get(0).code() == ReasonCode.BACKOFF;
    }

    private Reason backoff(PendingJob job) {
        Map<String, String> numbers = new TreeMap<>();
        Instant now = world.snapshot.now();
        String pools = new TreeMap<>(job.notIn())
                .entrySet().stream()
                        .filter(entry -> entry.getValue().isAfter(now))
                        .peek(entry -> numbers.put(
                                "until." + entry.getKey(), entry.getValue().toString()))
                        .map(entry -> "pool " + entry.getKey()
                                + (entry.getValue().isBefore(PendingJob.FOR_GOOD)
                                        ? " until " + entry.getValue()
                                        : " no more"))
                        .collect(Collectors.joining(", "));
        return new Reason(
                ReasonCode.BACKOFF,
                "a launch failed; it waits before it uses " + pools,
                "Nothing to do: it may use them again then, and others now.",
                numbers);
    }

    private void nodes(Group group, List<Reason> reasons) {
        PoolFit fit = new PoolFit(world.room, world.packer);
        List<Ask> asks = group.sample.roles();
        boolean eachFits = true;
        for (int role = 0; role < group.shape.roles(); role++) {
            Map<PoolName, Long> fits = fit.podsByPool(group.shape, role);
            long all = fits.values().stream().mapToLong(Long::longValue).sum();
            if (all < group.shape.minimum(role)) {
                eachFits = false;
                boolean enoughInSum = fit.enoughInSum(group.shape, role);
                reasons.add(tooFew(group.shape, role, asks.get(role), fits, enoughInSum));
            }
        }
        boolean quotaIsTold = reasons.stream()
                .anyMatch(reason -> reason.code() == ReasonCode.CAPABILITY_REACHED
                        || reason.code() == ReasonCode.GUARANTEE_OF_OTHERS);
        PoolQuota most = eachFits && !quotaIsTold ? world.quota(group.queue) : null;
        if (most != null && world.packer.fits(group.shape) && !world.packer.fits(group.shape, most)) {
            reasons.add(quota.ofSinglePools(group, most));
            return;
        }
        if (eachFits && (group.shape.roles() > 1 || group.shape.oneZone()) && !fit.fitsTogether(group.shape)) {
            if (group.shape.oneZone()) {
                reasons.add(noZone(asks, group.shape, fit));
                return;
            }
            reasons.add(new Reason(
                    ReasonCode.FRAGMENTED,
                    "each role fits alone, all together (%s) do not"
                            .formatted(asks.stream()
                                    .filter(ask -> ask.minimum() > 0)
                                    .map(ask -> "%d × (%s) %s"
                                            .formatted(ask.minimum(), ask.pod().spoken(), ask.role()))
                                    .collect(Collectors.joining(", "))),
                    "Runs when a node becomes emptier; smaller pods would fit sooner.",
                    together(group.shape)));
        }
    }

    private static Reason noZone(List<Ask> asks, GangShape shape, PoolFit fit) {
        Map<String, String> numbers = new TreeMap<>();
        List<String> said = new ArrayList<>();
        for (int role = 0; role < shape.roles(); role++) {
            Ask ask = asks.get(role);
            String zones = fit.podsByZone(shape, role).entrySet().stream()
                    .peek(zone -> numbers.put(
                            "fits." + ask.role() + "." + zone.getKey(),
                            zone.getValue().toString()))
                    .map(zone -> "zone %s fits %d".formatted(zone.getKey(), zone.getValue()))
                    .collect(Collectors.joining(", "));
            said.add("%s needs %d × (%s) in one zone; %s"
                    .formatted(ask.role(), ask.minimum(), ask.pod().spoken(), zones));
        }
        return new Reason(
                ReasonCode.FRAGMENTED,
                String.join("; ", said),
                "Runs when one zone has room for the whole gang; over all zones it would fit now.",
                numbers);
    }

    private Reason tooFew(GangShape shape, int role, Ask ask, Map<PoolName, Long> fits, boolean enoughInSum) {
        Map<String, String> numbers = amounts(shape, role);
        long all = fits.values().stream().mapToLong(Long::longValue).sum();
        numbers.put("role", ask.role().value());
        numbers.put("needed", Integer.toString(ask.minimum()));
        numbers.put("fits", Long.toString(all));
        fits.forEach((pool, count) -> numbers.put("fits." + pool, count.toString()));
        String pools = fits.isEmpty()
                ? "no pool that it may use now"
                : fits.entrySet().stream()
                        .map(fit -> "pool %s fits %d".formatted(fit.getKey(), fit.getValue()))
                        .collect(Collectors.joining(", "));
        String inAll = fits.size() > 1 ? ", %d in all".formatted(all) : "";
        String message = "%sneeds %d × (%s); %s%s"
                .formatted(
                        ask.role().value().isEmpty() ? "" : ask.role() + " ",
                        ask.minimum(),
                        ask.pod().spoken(),
                        pools,
                        inAll);
        return enoughInSum
                ? new Reason(
                        ReasonCode.FRAGMENTED,
                        message + ": enough is free, but in pieces on too many nodes",
                        "Runs when a node becomes emptier; smaller pods would fit sooner.",
                        numbers)
                : new Reason(
                        ReasonCode.NODES_FULL,
                        message,
                        "Runs when room for %d more such pods is free in these pools.".formatted(ask.minimum() - all),
                        numbers);
    }

    /** Of each resource what the role asks in all, and what is used and free on the ready nodes where it may run. */
    private Map<String, String> amounts(GangShape shape, int role) {
        Map<String, String> numbers = new TreeMap<>();
        long[] free = world.room.freeFor(shape, role);
        long[] had = world.room.readyFor(shape, role);
        for (int r = 0; r < free.length; r++) {
            long asked = Resources.multiply(shape.pod(role)[r], shape.minimum(role));
            if (asked > 0) {
                String name = world.index.name(r);
                numbers.put("asked." + name, Quantity.format(name, asked));
                numbers.put("used." + name, Quantity.format(name, Math.max(0, had[r] - free[r])));
                numbers.put("available." + name, Quantity.format(name, free[r]));
            }
        }
        return numbers;
    }

    private Map<String, String> together(GangShape shape) {
        Map<String, String> numbers = new TreeMap<>();
        long[] free = world.room.free(shape);
        int pods = 0;
        for (int role = 0; role < shape.roles(); role++) {
            pods += shape.minimum(role);
        }
        numbers.put("asked.pods", Integer.toString(pods));
        for (int r = 0; r < free.length; r++) {
            if (shape.total()[r] > 0) {
                String name = world.index.name(r);
                numbers.put("asked." + name, Quantity.format(name, shape.total()[r]));
                numbers.put("available." + name, Quantity.format(name, free[r]));
            }
        }
        return numbers;
    }

    private Reason bound() {
        int most = world.snapshot.settings().maxLaunches();
        return new Reason(
                ReasonCode.CYCLE_BOUND,
                "this cycle launched %d gangs, at most %d: the next one goes on".formatted(launches, most),
                "Nothing to do: the next cycle follows at once.",
                Map.of("launched", Integer.toString(launches), "maxLaunches", Integer.toString(most)));
    }
}
