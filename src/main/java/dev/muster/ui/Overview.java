package dev.muster.ui;

import dev.muster.api.Event;
import dev.muster.api.Pool;
import dev.muster.api.Queue;
import dev.muster.api.Reason;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The first page: what runs, what waits and why, who holds what, and what happened lately. */
public record Overview(
        Frame frame,
        List<StateCount> open,
        List<StateCount> ended,
        List<ReasonLine> reasons,
        List<QueueRow> queues,
        List<PoolPanel> pools,
        List<EventLine> events) {
    static Overview of(
            Frame frame,
            Map<String, Long> jobsByState,
            Map<String, Long> jobsByReason,
            Collection<Reason> examples,
            List<Queue> queues,
            List<Pool> pools,
            List<Event> latest) {
        List<StateCount> counts = StateCount.all(jobsByState);
        Map<String, Long> supply = new HashMap<>();
        for (Pool pool : pools) {
            if (pool.status() != null) {
                Amount.parse(pool.status().allocatable())
                        .forEach((name, amount) -> supply.merge(name, amount, Long::sum));
            }
        }
        return new Overview(
                frame,
                counts.stream().filter(c -> !c.state().ended()).toList(),
                counts.stream().filter(c -> c.state().ended()).toList(),
                ReasonLine.of(jobsByReason, examples),
                QueueRow.tree(queues, supply),
                pools.stream().map(PoolPanel::of).toList(),
                latest.stream().map(event -> EventLine.of(event, frame.now())).toList());
    }

    /** The names of the bars of every queue. */
    public List<String> resources() {
        return queues.isEmpty()
                ? List.of()
                : queues.get(0).bars().stream().map(Bar::resource).toList();
    }

    /** What a newcomer may try. */
    public String firstCommand() {
        return "muster run -- sh -c 'for i in 1 2 3; do echo $i; sleep 1; done'";
    }

    public boolean nothingYet() {
        return open.stream().allMatch(c -> c.count() == 0) && ended.stream().allMatch(c -> c.count() == 0);
    }
}
