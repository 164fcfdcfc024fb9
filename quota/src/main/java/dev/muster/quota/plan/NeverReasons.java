package dev.muster.quota.plan;

import dev.muster.quota.fit.GangShape;
import dev.muster.quota.fit.Supply;
import dev.muster.quota.queue.Ledger;
import dev.muster.quota.resource.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Why a gang could not run even if nothing else did: too large for the nodes, or for its queue. */
final class NeverReasons {
    private final World world;
    private final Supply supply;

    NeverReasons(World world) {
        this.world = world;
        this.supply = new Supply(world.room);
    }

    /** Primary first; empty where the gang could run on empty nodes in an empty queue. */
    List<Reason> of(int queue, List<Ask> asks, GangShape shape) {
        List<Reason> reasons = new ArrayList<>();
        for (int role = 0; role < shape.roles(); role++) {
            placement(asks.get(role), shape, role, reasons);
        }
        if (reasons.isEmpty()) {
            allRolesTogether(shape, reasons);
        }
        capability(queue, shape, reasons);
        return reasons;
    }

    private void placement(Ask ask, GangShape shape, int role, List<Reason> reasons) {
        List<String> unknown = new ArrayList<>(world.index.unknown(ask.pod()));
        for (String name : ask.pod().names()) {
            if (!unknown.contains(name) && !supply.has(indexOf(name))) {
                unknown.add(name);
            }
        }
        long needed = ask.minimum();
        String pods =
                "%s needs %d × (%s)".formatted(ask.role(), needed, ask.pod().spoken());
        if (!unknown.isEmpty()) {
            reasons.add(unsatisfiable(
                    "%s asks %s, which no node has".formatted(ask.role(), String.join(" and ", unknown)),
                    "Check the name of the resource, or add nodes that have it.",
                    Map.of("role", ask.role().value())));
            return;
        }
        int matching = supply.matchingNodes(shape, role);
        int nodes = world.room.nodes();
        if (matching == 0) {
            reasons.add(unsatisfiable(
                    "%s matches 0 of %d nodes".formatted(ask.role(), nodes),
                    "Change its node affinity or its tolerations, or label nodes for it.",
                    Map.of("role", ask.role().value(), "matches", "0", "nodes", Integer.toString(nodes))));
            return;
        }
        long fits = shape.oneZone() ? supply.podsInBestEmptyZone(shape, role) : supply.podsOnEmptyNodes(shape, role);
        String wherever = shape.oneZone() ? "the largest zone" : "all pools together";
        if (fits == 0) {
            reasons.add(unsatisfiable(
                    "%s; no single one of the %d nodes that match can take one such pod, even when empty"
                            .formatted(pods, matching),
                    "Ask for less per pod: the largest node that matches has %s."
                            .formatted(world.index
                                    .resources(supply.largest(shape, role), 0)
                                    .spoken()),
                    Map.of("role", ask.role().value(), "needed", Long.toString(needed), "fits", "0")));
        } else if (fits < needed) {
            reasons.add(unsatisfiable(
                    "%s; %s, empty, fit%s %d".formatted(pods, wherever, shape.oneZone() ? "s" : "", fits),
                    "Lower the minimum to %d or less, ask for less per pod, or add nodes.".formatted(fits),
                    Map.of("role", ask.role().value(), "needed", Long.toString(needed), "fits", Long.toString(fits))));
        }
    }

    private void allRolesTogether(GangShape shape, List<Reason> reasons) {
        long[] total = supply.allocatable(shape);
        for (int r = 0; r < total.length; r++) {
            if (shape.total()[r] > total[r]) {
                String name = world.index.name(r);
                String asked = Quantity.format(name, shape.total()[r]);
                String available = Quantity.format(name, total[r]);
                reasons.add(unsatisfiable(
                        "the gang needs %s %s; all pools together, empty, have %s".formatted(asked, name, available),
                        "Ask for a smaller gang, or add nodes.",
                        Map.of("asked." + name, asked, "available." + name, available)));
                return;
            }
        }
    }

    private static Reason unsatisfiable(String message, String hint, Map<String, String> numbers) {
        return new Reason(ReasonCode.PLACEMENT_UNSATISFIABLE, message, hint, numbers);
    }

    private void capability(int queue, GangShape shape, List<Reason> reasons) {
        Ledger ledger = world.ledger;
        long[] wide = world.asked(shape);
        for (int r = 0; r < wide.length; r++) {
            int limiting = ledger.neverHolds(queue, r, wide[r]);
            if (limiting != Ledger.NONE) {
                String name = world.resource(r);
                String asked = Quantity.format(name, wide[r]);
                String capability = Quantity.format(name, ledger.capability(limiting, r));
                reasons.add(new Reason(
                        ReasonCode.ABOVE_CAPABILITY,
                        "needs %s %s; queue %s may hold %s at most"
                                .formatted(asked, world.words(r), ledger.name(limiting), capability),
                        "Ask for a smaller gang, raise the capability of %s, or take another queue."
                                .formatted(ledger.name(limiting)),
                        Map.of(
                                "queue",
                                ledger.name(limiting).value(),
                                "asked." + world.key(r),
                                asked,
                                "capability." + world.key(r),
                                capability)));
            }
        }
    }

    private int indexOf(String name) {
        for (int r = 0; r < world.index.size(); r++) {
            if (world.index.name(r).equals(name)) {
                return r;
            }
        }
        return -1;
    }
}
