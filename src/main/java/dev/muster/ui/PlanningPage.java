package dev.muster.ui;

import dev.muster.cycle.CycleStatus;
import dev.muster.event.Event;
import dev.muster.event.RecordedEvent;
import dev.muster.event.Why;
import dev.muster.quota.name.JobId;
import dev.muster.quota.plan.LiveAttempt;
import dev.muster.quota.plan.PendingJob;
import dev.muster.quota.plan.Reason;
import dev.muster.report.Permits;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How the planner does: its last cycle, who is next in each queue and why they wait, gangs on their way, and who had to give way. */
public record PlanningPage(
        Frame frame,
        boolean plans,
        @Nullable Cycle cycle,
        List<String> leftAside,
        List<Head> heads,
        List<Gang> gangs,
        List<Permit> permits,
        List<Gone> evictions) {
    /** The last turn. */
    public record Cycle(
            long number,
            @Nullable Moment at,
            String took,
            int waiting,
            int live,
            int setAside,
            @Nullable String trouble) {
        static Cycle of(CycleStatus status, Instant now) {
            return new Cycle(
                    status.cycles(),
                    status.at() == null ? null : new Moment(status.at(), now),
                    status.took() == null ? "" : status.took().toMillis() + " ms",
                    status.pending(),
                    status.live(),
                    status.setAside() + status.sweepWaits(),
                    status.trouble());
        }
    }

    /** A queue with those that go first. */
    public record Head(String queue, List<Next> jobs) {}

    /** A job that waits: since when, and for what. */
    public record Next(String id, String name, int priority, Moment since, String words, String message) {
        static Next of(PendingJob job, String name, List<Reason> reasons, Instant now) {
            Reason first = reasons.isEmpty() ? null : reasons.get(0);
            return new Next(
                    job.id().value(),
                    name,
                    job.priority(),
                    new Moment(job.since(), now),
                    first == null
                            ? "not planned yet"
                            : ReasonLine.words(first.code().name()),
                    first == null ? "" : first.message());
        }
    }

    /** A gang some of whose pods have no node yet. */
    public record Gang(String id, String name, String queue, Moment since, int bound, int all) {
        static Gang of(LiveAttempt attempt, String name, Instant now) {
            return new Gang(
                    attempt.id().job().value(),
                    name,
                    attempt.queue().value(),
                    new Moment(attempt.since(), now),
                    attempt.pods().stream()
                            .filter(held -> held.node() != null)
                            .mapToInt(LiveAttempt.Held::count)
                            .sum(),
                    attempt.pods().stream().mapToInt(LiveAttempt.Held::count).sum());
        }
    }

    /** The right to make an offering grow: who has it, and who waits for it; {@code more} of them are not shown. */
    public record Permit(String offering, String pool, List<Holder> holders, List<Waiter> waiting, int more) {
        private static final int FIRST = 5;

        static Permit of(Permits.Line line, Map<JobId, String> names, Instant now) {
            return new Permit(
                    line.offering().toString(),
                    line.offering().pool().value(),
                    line.holders().stream()
                            .map(held -> new Holder(
                                    held.job().value(),
                                    names.getOrDefault(held.job(), held.job().value()),
                                    held.queue().value(),
                                    held.nodes(),
                                    held.bound(),
                                    held.pods(),
                                    new Moment(held.since(), now),
                                    new Moment(held.until(), now)))
                            .toList(),
                    shown(line).stream()
                            .map(waits -> new Waiter(
                                    waits.job().value(),
                                    names.getOrDefault(waits.job(), waits.job().value()),
                                    waits.queue().value(),
                                    new Moment(waits.since(), now)))
                            .toList(),
                    line.waiting().size() - shown(line).size());
        }

        static List<Permits.Waiting> shown(Permits.Line line) {
            return line.waiting().stream().limit(FIRST).toList();
        }
    }

    /** It waits for {@code nodes} nodes, and gives all of it back at {@code until}. */
    public record Holder(
            String id, String name, String queue, int nodes, int bound, int pods, Moment since, Moment until) {}

    /** It would fit with more nodes. */
    public record Waiter(String id, String name, String queue, Moment since) {}

    /** A gang that had to give way: to whom and with what loss is in the sentence and its numbers. */
    public record Gone(String id, String name, String team, Moment at, String words, String message, String numbers) {
        static Gone of(RecordedEvent recorded, Instant now) {
            Event event = recorded.event();
            Why why = event.why();
            return new Gone(
                    String.valueOf(event.job()),
                    event.name(),
                    event.team() == null ? "" : event.team().value(),
                    new Moment(event.at(), now),
                    why == null ? "" : ReasonLine.words(why.code()),
                    why == null ? "" : why.message(),
                    why == null ? "" : text(why.numbers()));
        }

        private static String text(Map<String, String> numbers) {
            return String.join(
                    ", ",
                    numbers.entrySet().stream()
                            .map(number -> number.getKey() + " " + number.getValue())
                            .toList());
        }
    }
}
