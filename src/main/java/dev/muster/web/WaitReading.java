package dev.muster.web;

import dev.muster.access.Caller;
import dev.muster.access.Resource;
import dev.muster.api.QueueWait;
import dev.muster.cycle.Board;
import dev.muster.postgres.QueueStore;
import dev.muster.problem.MusterException;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.plan.Waits;
import dev.muster.quota.queue.QueueTree;
import dev.muster.quota.resource.Quantity;
import dev.muster.rights.Sight;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Who waits for whom, of the queues that the caller may see; what others hold is one sum. */
@ApplicationScoped
public class WaitReading {
    private final Board board;
    private final QueueStore queues;
    private final Caller caller;

    WaitReading(Board board, QueueStore queues, Caller caller) {
        this.board = board;
        this.queues = queues;
        this.caller = caller;
    }

    /**
     * {@code only}: of that queue and those below it; null: of all.
     *
     * Empty where this replica does not plan.
     *
     * @throws MusterException where there is no such queue
     */
    public Optional<List<QueueWait>> of(@Nullable QueueName only) {
        Sight sight = caller.view(Resource.Kind.QUEUE);
        if (only != null
                && (queues.find(only).isEmpty()
                        || (sight != null && !sight.queues().contains(only)))) {
            throw MusterException.notFound("queue", only.value());
        }
        return board.view().map(view -> of(only, sight, view));
    }

    private List<QueueWait> of(@Nullable QueueName only, @Nullable Sight sight, Board.View view) {
        Set<QueueName> wanted = only == null
                ? null
                : below(only, QueueTree.lenient(view.snapshot().queues()));
        Sight jobs = caller.view(Resource.Kind.JOB);
        return view.waits().lines().stream()
                .filter(line -> wanted == null || wanted.contains(line.queue()))
                .filter(line -> sight == null || sight.queues().contains(line.queue()))
                .map(line -> view(line, sight, jobs == null || jobs.queues().contains(line.queue())))
                .toList();
    }

    private static Set<QueueName> below(QueueName name, QueueTree tree) {
        Set<QueueName> below = new HashSet<>(Set.of(name));
        for (QueueName child : tree.children(name)) {
            below.addAll(below(child, tree));
        }
        return below;
    }

    private static QueueWait view(Waits.Line line, @Nullable Sight sight, boolean seesJobs) {
        String resource = line.resource();
        List<Waits.Holder> hidden = line.holders().stream()
                .filter(holder -> sight != null && !sight.queues().contains(holder.queue()))
                .toList();
        List<QueueWait.Holder> holders = new ArrayList<>(line.holders().stream()
                .filter(holder -> !hidden.contains(holder))
                .map(holder -> new QueueWait.Holder(
                        holder.queue().value(),
                        1,
                        share(resource, holder.share()),
                        text(resource, holder.wouldGive()),
                        stays(resource, List.of(holder))))
                .toList());
        if (!hidden.isEmpty()) {
            holders.add(others(resource, hidden));
        }
        return new QueueWait(
                line.queue().value(),
                line.code().name(),
                line.gangs(),
                seesJobs ? line.first().value() : null,
                line.key(),
                text(resource, line.asked()),
                text(resource, line.askedByAll()),
                share(resource, line.own()),
                line.within() == null ? null : line.within().value(),
                text(resource, line.limit()),
                text(resource, line.free()),
                holders);
    }

    private static QueueWait.Holder others(String resource, List<Waits.Holder> hidden) {
        long used = 0;
        long guarantee = 0;
        long borrowed = 0;
        long idle = 0;
        long gives = 0;
        for (Waits.Holder holder : hidden) {
            used += holder.share().used();
            guarantee += holder.share().guarantee();
            borrowed += holder.share().borrowed();
            idle += holder.share().idle();
            gives += holder.wouldGive();
        }
        return new QueueWait.Holder(
                null,
                hidden.size(),
                new QueueWait.Share(
                        text(resource, used),
                        text(resource, guarantee),
                        null,
                        text(resource, borrowed),
                        text(resource, idle)),
                text(resource, gives),
                stays(resource, hidden));
    }

    private static Map<String, String> stays(String resource, List<Waits.Holder> holders) {
        Map<Waits.Stays, Long> sums = new TreeMap<>();
        holders.forEach(holder -> holder.stays().forEach((why, amount) -> sums.merge(why, amount, Long::sum)));
        Map<String, String> text = new TreeMap<>();
        sums.forEach((why, amount) -> text.put(why.name(), text(resource, amount)));
        return text;
    }

    private static QueueWait.Share share(String resource, Waits.Share share) {
        return new QueueWait.Share(
                text(resource, share.used()),
                text(resource, share.guarantee()),
                share.deserved() == null ? null : text(resource, share.deserved()),
                text(resource, share.borrowed()),
                text(resource, share.idle()));
    }

    private static String text(String resource, long amount) {
        return Quantity.format(resource, amount);
    }
}
