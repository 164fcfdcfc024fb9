package dev.muster.web;

import dev.muster.access.Caller;
import dev.muster.access.Resource;
import dev.muster.api.Page;
import dev.muster.api.Queue;
import dev.muster.api.QueuePreview;
import dev.muster.api.QueueStatus;
import dev.muster.cycle.Board;
import dev.muster.job.JobState;
import dev.muster.postgres.JobCounts;
import dev.muster.postgres.QueueStore;
import dev.muster.postgres.QuotaRequestStore;
import dev.muster.postgres.Versioned;
import dev.muster.problem.MusterException;
import dev.muster.queue.MoreQuota;
import dev.muster.queue.QuotaRequest;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.plan.QuotaEdit;
import dev.muster.quota.queue.QueueSpec;
import dev.muster.quota.queue.QueueTree;
import dev.muster.quota.resource.Resources;
import dev.muster.rights.Sight;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Queues as they go over the wire: what each and those below it hold, and the limits in force. */
@ApplicationScoped
public class QueueReading {
    private static final Set<JobState> PENDING = EnumSet.of(JobState.BLOCKED, JobState.QUEUED);
    private static final Set<JobState> RUNNING =
            EnumSet.of(JobState.LAUNCHING, JobState.RUNNING, JobState.SUSPENDING, JobState.CANCELLING);

    private final QueueStore store;
    private final QuotaRequestStore requests;
    private final JobCounts counts;
    private final Board board;
    private final NamedPages pages;
    private final Caller caller;

    QueueReading(
            QueueStore store,
            QuotaRequestStore requests,
            JobCounts counts,
            Board board,
            NamedPages pages,
            Caller caller) {
        this.requests = requests;
        this.caller = caller;
        this.store = store;
        this.counts = counts;
        this.board = board;
        this.pages = pages;
    }

    public Page<Queue> list(@Nullable String pageSize, @Nullable String pageToken) {
        List<Versioned<dev.muster.queue.Queue>> all = store.all();
        Statuses statuses = new Statuses(all);
        Sight sight = caller.view(Resource.Kind.QUEUE);
        return pages.page(
                "queues",
                all.stream()
                        .filter(one -> sight == null
                                || sight.queues().contains(one.value().name()))
                        .toList(),
                one -> one.value().name().value(),
                one -> QueueWords.view(one, statuses.of(one.value().name())),
                pageSize,
                pageToken);
    }

    /** @throws MusterException where there is none of that name */
    public Queue one(QueueName name) {
        return store.find(name).map(this::view).orElseThrow(() -> MusterException.notFound("queue", name.value()));
    }

    /** As it would be: with what the change would do to jobs, where this replica plans. */
    Queue preview(Versioned<dev.muster.queue.Queue> versioned) {
        Statuses statuses = new Statuses(store.all());
        QueueSpec changed = with(versioned.value(), requests.more());
        QueuePreview preview = effects(changed);
        QueueStatus now = statuses.of(changed.name());
        return QueueWords.view(
                versioned,
                new QueueStatus(
                        now.used(),
                        now.effectiveCapability(),
                        now.pending(),
                        now.running(),
                        now.children(),
                        now.inForce(),
                        preview,
                        now.temporary()));
    }

    /** What it would do to jobs if the queue had so much more; null where this replica does not plan, or there is no such queue. */
    @Nullable
    QueuePreview previewWith(QueueName name, MoreQuota more) {
        Map<QueueName, MoreQuota> with = new HashMap<>(requests.more());
        with.merge(name, more, MoreQuota::plus);
        return store.find(name).map(queue -> effects(with(queue.value(), with))).orElse(null);
    }

    private static QueueSpec with(dev.muster.queue.Queue queue, Map<QueueName, MoreQuota> more) {
        return QueueStore.with(List.of(queue), more).get(0).spec();
    }

    private @Nullable QueuePreview effects(QueueSpec changed) {
        return board.view()
                .map(view -> {
                    List<QueueSpec> queues = new ArrayList<>(view.snapshot().queues());
                    queues.removeIf(queue -> queue.name().equals(changed.name()));
                    queues.add(changed);
                    return QueueParts.preview(seen(QuotaEdit.preview(view.snapshot(), queues)));
                })
                .orElse(null);
    }

    /** Of the jobs that the caller may see: those of queues that they look after. */
    private QuotaEdit.Preview seen(QuotaEdit.Preview preview) {
        Sight sight = caller.view(Resource.Kind.JOB);
        return sight == null
                ? preview
                : new QuotaEdit.Preview(
                        preview.problems(),
                        preview.effects().stream()
                                .filter(effect -> sight.queues().contains(effect.queue()))
                                .toList(),
                        preview.above().stream()
                                .filter(above -> sight.queues().contains(above.queue()))
                                .toList());
    }

    /** @throws MusterException where the caller may not write it where it is, or where it would be */
    void requireMayWrite(dev.muster.queue.Queue value) {
        Sight sight = caller.sight(Resource.Kind.QUEUE);
        if (sight == null) {
            return;
        }
        Resource queue = new Resource(Resource.Kind.QUEUE, null, value.name().value());
        QueueName parent = value.spec().parent();
        boolean mayPutThere = parent != null && sight.queues().contains(parent);
        if (!mayPutThere || (store.find(value.name()).isPresent() && !caller.may(queue))) {
            throw caller.refused(queue);
        }
    }

    Queue view(Versioned<dev.muster.queue.Queue> versioned) {
        return QueueWords.view(
                versioned, new Statuses(store.all()).of(versioned.value().name()));
    }

    private final class Statuses {
        private final QueueTree tree;
        private final List<QuotaRequest> temporary = requests.inForce();
        private final Map<QueueName, Map<JobState, Long>> jobs = counts.byQueue();
        private final Optional<Board.View> view = board.view();

        private Statuses(List<Versioned<dev.muster.queue.Queue>> all) {
            Map<QueueName, MoreQuota> more = new HashMap<>();
            temporary.forEach(
                    request -> more.merge(request.queue(), Objects.requireNonNull(request.inForce()), MoreQuota::plus));
            tree = QueueTree.lenient(
                    QueueStore.with(all.stream().map(Versioned::value).toList(), more).stream()
                            .map(dev.muster.queue.Queue::spec)
                            .toList());
        }

        private QueueStatus of(QueueName name) {
            return new QueueStatus(
                    Amounts.text(view.map(last -> last.used(name)).orElse(Resources.NONE)),
                    PodView.some(Amounts.text(Resources.limit(tree.effectiveCapability(name)))),
                    count(name, PENDING),
                    count(name, RUNNING),
                    tree.children(name).stream().map(QueueName::value).toList(),
                    view.flatMap(last -> last.inForce(name).map(queue -> QueueParts.inForce(queue, last.snapshot())))
                            .orElse(null),
                    null,
                    PodView.some(QuotaWords.temporary(temporary.stream()
                            .filter(request -> request.queue().equals(name))
                            .toList())));
        }

        /** In the queue and those below it. */
        private int count(QueueName name, Set<JobState> states) {
            int own = jobs.getOrDefault(name, Map.of()).entrySet().stream()
                    .filter(entry -> states.contains(entry.getKey()))
                    .mapToInt(entry -> Math.toIntExact(entry.getValue()))
                    .sum();
            return own
                    + tree.children(name).stream()
                            .mapToInt(child -> count(child, states))
                            .sum();
        }
    }
}
