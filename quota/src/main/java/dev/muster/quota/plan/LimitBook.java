package dev.muster.quota.plan;

import dev.muster.quota.queue.Ledger;
import dev.muster.quota.queue.Limit;
import dev.muster.quota.queue.QueueSpec;
import dev.muster.quota.resource.Quantity;
import dev.muster.quota.resource.Resources;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What each user and each priority class holds where a queue limits them, and whether one more job is within the limits. */
final class LimitBook {
    private final World world;
    private final boolean anyLimits;
    private final Map<Account, Tally> tallies = new HashMap<>();

    /** One limit of one queue, for one user where it is on each. */
    private record Account(String queue, int limit, String user) {}

    private static final class Tally {
        private int jobs;
        private int launches;
        private Resources held = Resources.NONE;
    }

    LimitBook(World world) {
        this.world = world;
        anyLimits = world.snapshot.queues().stream()
                .anyMatch(queue -> !queue.limits().isEmpty());
        Instant aMinuteAgo = world.snapshot.now().minusSeconds(60);
        for (LiveAttempt attempt : anyLimits ? world.snapshot.live() : List.<LiveAttempt>of()) {
            Resources held = attempt.pods().stream()
                    .map(pods -> pods.pod().times(pods.count()))
                    .reduce(Resources.NONE, Resources::plus);
            int queue = world.ledger.number(attempt.queue());
            add(queue, attempt.traits(), held, attempt.since().isAfter(aMinuteAgo) ? 1 : 0);
        }
        for (PastLaunch launch : anyLimits ? world.snapshot.launchedLately() : List.<PastLaunch>of()) {
            if (launch.at().isAfter(aMinuteAgo)) {
                each(
                        world.ledger.number(launch.queue()),
                        Traits.PLAIN.of(launch.user(), launch.priorityClass()),
                        (spec, limit, tally) -> {
                            tally.launches++;
                            return null;
                        });
            }
        }
    }

    boolean isEmpty() {
        return !anyLimits;
    }

    /** Books a launch. */
    void add(PendingJob job, Group group) {
        if (anyLimits) {
            add(group.queue, job.traits(), asked(group), 1);
        }
    }

    private void add(int queue, Traits traits, Resources held, int launches) {
        each(queue, traits, (spec, limit, tally) -> {
            tally.jobs++;
            tally.launches += launches;
            tally.held = tally.held.plus(held);
            return null;
        });
    }

    /** Which limit the job would break; null where none. */
    @Nullable
    Reason refusal(PendingJob job, Group group) {
        if (!anyLimits) {
            return null;
        }
        return refusal(group.queue, job.traits(), asked(group), true);
    }

    /** The same of one more job that holds so much; {@code launched}: it counts as a launch, too. */
    @Nullable
    Reason refusal(int queue, Traits traits, Resources asked, boolean launched) {
        return each(queue, traits, (spec, limit, tally) -> {
            String who = limit.eachUser() ? "user " + traits.user() : "class " + limit.priorityClass();
            if (limit.jobs() != null && tally.jobs + 1 > limit.jobs()) {
                return reason(
                        spec,
                        who,
                        "jobs",
                        new Figures(1, tally.jobs, limit.jobs()),
                        tally.jobs + " jobs",
                        limit.jobs().toString());
            }
            if (launched && limit.launchesPerMinute() != null && tally.launches + 1 > limit.launchesPerMinute()) {
                return reason(
                        spec,
                        who,
                        "launches",
                        new Figures(1, tally.launches, limit.launchesPerMinute()),
                        tally.launches + " launches in the last minute",
                        limit.launchesPerMinute().toString());
            }
            Resources most = limit.resources();
            for (String name : most == null ? List.<String>of() : most.names()) {
                long after = Resources.add(tally.held.amount(name), asked.amount(name));
                if (most != null && asked.amount(name) > 0 && after > most.amount(name)) {
                    String held = Quantity.format(name, tally.held.amount(name));
                    return reason(
                            spec,
                            who,
                            name,
                            new Figures(asked.amount(name), tally.held.amount(name), most.amount(name)),
                            held + " " + name,
                            Quantity.format(name, most.amount(name)));
                }
            }
            return null;
        });
    }

    private record Figures(long asked, long used, long most) {}

    private static Reason reason(QueueSpec queue, String who, String what, Figures figures, String held, String most) {
        Map<String, String> numbers = new TreeMap<>();
        numbers.put("queue", queue.name().value());
        numbers.put("limit." + what, most);
        numbers.put("asked." + what, Quantity.format(what, figures.asked));
        numbers.put("used." + what, Quantity.format(what, figures.used));
        numbers.put("available." + what, Quantity.format(what, Math.max(0, figures.most - figures.used)));
        return new Reason(
                ReasonCode.LIMIT_REACHED,
                "%s holds %s in queue %s, at most %s with this job".formatted(who, held, queue.name(), most),
                "Runs when jobs of %s end, or when the limit is raised.".formatted(who),
                numbers);
    }

    private Resources asked(Group group) {
        return world.index.resources(group.shape.total(), 0);
    }

    /** The first answer for a limit that is on such a job, of the queue or one above it. */
    private @Nullable Reason each(int queue, Traits traits, Question question) {
        for (int q = queue; q != Ledger.NONE; q = world.ledger.parent(q)) {
            QueueSpec spec = world.tree.queue(world.ledger.name(q)).orElseThrow();
            for (int i = 0; i < spec.limits().size(); i++) {
                Limit limit = spec.limits().get(i);
                if (limit.priorityClass() == null || limit.priorityClass().equals(traits.priorityClass())) {
                    Account account = new Account(spec.name().value(), i, limit.eachUser() ? traits.user() : "");
                    Reason answer = question.of(spec, limit, tallies.computeIfAbsent(account, a -> new Tally()));
                    if (answer != null) {
                        return answer;
                    }
                }
            }
        }
        return null;
    }

    private interface Question {
        @Nullable
        Reason of(QueueSpec queue, Limit limit, Tally tally);
    }
}
