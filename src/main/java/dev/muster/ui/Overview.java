package dev.muster.ui;

import dev.muster.event.RecordedEvent;
import dev.muster.job.JobState;
import dev.muster.pool.Pool;
import dev.muster.postgres.ReasonStore;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.queue.QueueSpec;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The first page: what runs, what waits and why, who holds what, and what happened lately. */
public record Overview(
        Frame frame,
        List<StateCount> open,
        List<StateCount> ended,
        List<ReasonLine> reasons,
        List<QueueRow> queues,
        List<PoolPanel> pools,
        List<EventLine> events,
        @Nullable ShadowPanel shadow) {
    static Overview of(
            Frame frame,
            Map<JobState, Long> jobs,
            List<ReasonStore.Waiting> waiting,
            List<QueueSpec> queues,
            Map<QueueName, QueueUse> uses,
            List<Pool> pools,
            Supply supply,
            List<RecordedEvent> latest,
            @Nullable ShadowPanel shadow) {
        List<StateCount> counts = StateCount.all(jobs);
        return new Overview(
                frame,
                counts.stream().filter(c -> !c.state().ended()).toList(),
                counts.stream().filter(c -> c.state().ended()).toList(),
                ReasonLine.of(waiting),
                QueueRow.tree(queues, uses, supply.room()),
                pools.stream().map(pool -> PoolPanel.of(pool, supply)).toList(),
                latest.stream().map(event -> EventLine.of(event, frame.now())).toList(),
                shadow);
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
