package dev.muster.web;

import dev.muster.api.PermitLine;
import dev.muster.api.Preemption;
import dev.muster.postgres.PreemptionStore;
import dev.muster.report.Permits;

/** What the planner does to gangs, on the wire. */
final class PlannerReading {
    private PlannerReading() {}

    static Preemption view(PreemptionStore.Preemption one) {
        PreemptionStore.Taker taker = one.taker();
        return new Preemption(
                one.at(),
                one.team().value(),
                one.queue() == null ? null : one.queue().value(),
                one.job().value(),
                one.name(),
                one.attempt(),
                one.code(),
                one.message(),
                one.pods(),
                one.lostCpu().toSeconds() / 3600.0,
                taker == null ? null : taker.job().value(),
                taker == null ? null : taker.name(),
                taker == null ? null : taker.team().value());
    }

    static PermitLine view(Permits.Line line) {
        return new PermitLine(
                line.offering().toString(),
                line.offering().pool().value(),
                line.holders().stream()
                        .map(held -> new PermitLine.Holder(
                                held.job().value(),
                                held.queue().value(),
                                held.nodes(),
                                held.bound(),
                                held.pods(),
                                held.since(),
                                held.until()))
                        .toList(),
                line.waiting().stream()
                        .map(waits -> new PermitLine.Waiter(
                                waits.job().value(), waits.queue().value(), waits.priority(), waits.since()))
                        .toList());
    }
}
