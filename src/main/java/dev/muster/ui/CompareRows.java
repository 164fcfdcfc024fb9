package dev.muster.ui;

import dev.muster.job.Attempt;
import dev.muster.job.Failure;
import dev.muster.job.Job;
import dev.muster.job.Outcome;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.usage.Sum;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is told of runs side by side: how long they waited and ran, where, what they held and cost, how they ended. */
record CompareRows(List<Job> runs, Map<JobId, List<Attempt>> attempts, Map<JobId, Sum> held, Frame frame) {
    List<ComparePage.Row> all() {
        List<ComparePage.Row> rows = new ArrayList<>();
        rows.add(text("Outcome", this::outcome));
        rows.add(text("Submitted", job -> new Moment(job.submittedAt(), frame.now()).brief(frame.zone())));
        rows.add(times("Waited", this::waited));
        rows.add(times("Ran", this::ran));
        rows.add(text("Attempts", job -> Integer.toString(job.attempt())));
        rows.add(text("Where", this::where));
        rows.add(text("Asked", job -> {
            JobRow row = JobRow.of(job, frame.now());
            return row.pods() + ", " + row.asks();
        }));
        rows.add(numbers("Core-hours", job -> sum(job).coreHours(), false));
        if (runs.stream().anyMatch(job -> sum(job).gpuHours() > 0)) {
            rows.add(numbers("GPU-hours", job -> sum(job).gpuHours(), false));
        }
        rows.add(numbers("Cost", job -> sum(job).cost().doubleValue(), true));
        if (runs.stream().anyMatch(job -> sum(job).lostCoreHours() > 0)) {
            rows.add(numbers("Lost core-hours", job -> sum(job).lostCoreHours(), false));
        }
        rows.add(text("Queue", job -> job.spec().queue().value()));
        rows.add(text("Priority", job -> job.spec().priorityClass().value()));
        rows.add(text("Submitted by", Job::submittedBy));
        return rows;
    }

    private ComparePage.Row text(String name, Function<Job, String> value) {
        return ComparePage.Row.of(
                name, runs.stream().map(value).map(ComparePage.Cell::of).toList());
    }

    private ComparePage.Row times(String name, Function<Job, @Nullable Duration> value) {
        List<@Nullable Duration> all = new ArrayList<>();
        runs.forEach(job -> all.add(value.apply(job)));
        long most = all.stream()
                .mapToLong(time -> time == null ? 0 : time.toMillis())
                .max()
                .orElse(0);
        return ComparePage.Row.of(
                name,
                all.stream()
                        .map(time -> time == null
                                ? ComparePage.Cell.of("not yet")
                                : new ComparePage.Cell(Moment.span(time), Bar.percent(time.toMillis(), most)))
                        .toList());
    }

    private ComparePage.Row numbers(String name, Function<Job, Double> value, boolean money) {
        double most = runs.stream().mapToDouble(value::apply).max().orElse(0);
        return ComparePage.Row.of(
                name,
                runs.stream()
                        .map(job -> {
                            double number = value.apply(job);
                            return new ComparePage.Cell(
                                    text(number, money), most <= 0 ? 0 : Math.round(number * 10_000 / most) / 100.0);
                        })
                        .toList());
    }

    /** What is small is told, too: all of it would be 0.00 otherwise. */
    private static String text(double number, boolean money) {
        if (number > 0 && number < 0.01) {
            return number < 0.001
                    ? "< 0.001"
                    : BigDecimal.valueOf(number).round(new MathContext(1)).toPlainString();
        }
        return String.format(Locale.ROOT, money || number < 10 ? "%.2f" : "%.0f", number);
    }

    private Sum sum(Job job) {
        return Objects.requireNonNull(held.get(job.id()));
    }

    private String outcome(Job job) {
        String state = new StateMark(job.state()).word();
        Outcome outcome = job.outcome();
        Failure failure = outcome == null ? null : outcome.failure();
        return failure == null
                ? state
                : state + ": " + ReasonLine.words(failure.category().name());
    }

    /** Until it started, or ended without, or now. */
    private @Nullable Duration waited(Job job) {
        Instant from = job.spec().notBefore() != null && job.spec().notBefore().isAfter(job.submittedAt())
                ? job.spec().notBefore()
                : job.submittedAt();
        Instant until = attempts.getOrDefault(job.id(), List.of()).stream()
                .map(Attempt::startedAt)
                .filter(at -> at != null)
                .findFirst()
                .orElse(job.finishedAt() == null ? frame.now() : job.finishedAt());
        return until.isBefore(from) ? Duration.ZERO : Duration.between(from, until);
    }

    /** All attempts together; null where none has started. */
    private @Nullable Duration ran(Job job) {
        Duration sum = null;
        for (Attempt attempt : attempts.getOrDefault(job.id(), List.of())) {
            Instant started = attempt.startedAt();
            if (started != null) {
                Instant ended = attempt.endedAt() == null ? frame.now() : attempt.endedAt();
                Duration took = ended.isBefore(started) ? Duration.ZERO : Duration.between(started, ended);
                sum = sum == null ? took : sum.plus(took);
            }
        }
        return sum;
    }

    /** Of the latest attempt: pods by pool. */
    private String where(Job job) {
        List<Attempt> all = attempts.getOrDefault(job.id(), List.of());
        if (all.isEmpty()) {
            return "nowhere yet";
        }
        Map<PoolName, Integer> pods = new TreeMap<>();
        all.get(all.size() - 1)
                .placements()
                .values()
                .forEach(pools -> pools.forEach((pool, count) -> pods.merge(pool, count, Integer::sum)));
        return pods.entrySet().stream()
                .map(pool -> pool.getValue() + " in " + pool.getKey())
                .collect(Collectors.joining(", "));
    }
}
