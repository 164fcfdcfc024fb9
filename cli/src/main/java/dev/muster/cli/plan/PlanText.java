package dev.muster.cli.plan;

import dev.muster.cli.scenario.Course;
import dev.muster.cli.scenario.Starts;
import dev.muster.cli.scenario.Telling;
import dev.muster.cli.screen.Bar;
import dev.muster.cli.screen.Colour;
import dev.muster.cli.screen.Screen;
import dev.muster.cli.screen.Span;
import dev.muster.cli.screen.Table;
import dev.muster.cli.screen.Text;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.plan.Decision;
import dev.muster.quota.plan.EffectiveQueue;
import dev.muster.quota.plan.ExpectedStart;
import dev.muster.quota.plan.LiveAttempt;
import dev.muster.quota.plan.Plan;
import dev.muster.quota.plan.Reason;
import dev.muster.quota.resource.Quantity;
import dev.muster.quota.resource.Resources;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A plan for people: the queues with what they hold before and after it, who starts, who gives way, who waits and why. */
public final class PlanText {
    /** More are counted, not shown. */
    private static final int MOST_SHOWN = 40;

    private static final int BAR = 10;
    private static final String GPU = "nvidia.com/gpu";

    private final Screen screen;
    private final Course.Turn turn;
    private final Starts starts;
    private final Map<JobId, QueueName> queues = new HashMap<>();

    public PlanText(Screen screen, Course.Turn turn) {
        this.screen = screen;
        this.turn = turn;
        this.starts = Starts.of(turn.snapshot(), turn.plan());
        turn.snapshot().pending().forEach(job -> queues.put(job.id(), job.queue()));
        turn.snapshot().live().forEach(attempt -> queues.put(attempt.id().job(), attempt.queue()));
    }

    public void print() {
        shares();
        decisions(turn.plan());
        if (turn.plan().decisions().isEmpty()) {
            screen.print("");
            screen.print("Nothing to decide: no job waits.");
        }
    }

    /** Some of the turn's decisions, without the queues. */
    void decisions(Plan plan) {
        section("Gives way", of(plan, PlanText::ends));
        section("Starts", of(plan, Decision.Launch.class::isInstance));
        section("Grows", of(plan, Decision.Grow.class::isInstance));
        section("Waits", of(plan, Decision.Hold.class::isInstance));
    }

    private static boolean ends(Decision decision) {
        return decision instanceof Decision.Evict || decision instanceof Decision.Shrink;
    }

    private static List<Decision> of(Plan plan, Predicate<Decision> which) {
        return plan.decisions().stream().filter(which).toList();
    }

    private void shares() {
        Shares shares = new Shares(turn.snapshot(), turn.plan());
        Table table = new Table(
                "QUEUE",
                "RESOURCE",
                ">HOLDS",
                ">THEN",
                "OF ALL",
                ">GUARANTEE",
                ">DESERVED",
                ">CAPABILITY",
                ">WEIGHT",
                ">WAIT");
        for (Shares.Share share : shares.all()) {
            String name = "  ".repeat(share.depth()) + share.queue().name() + state(share);
            String wait = share.waiting() == 0 ? "" : Integer.toString(share.waiting());
            boolean first = true;
            for (String resource : share.resources().isEmpty() ? List.of("") : share.resources()) {
                table.row(
                        first ? name : "",
                        shown(resource),
                        amount(share.holds(), resource),
                        amount(share.then(), resource),
                        resource.isEmpty()
                                ? ""
                                : Bar.of(
                                        share.then().amount(resource),
                                        shares.supply().amount(resource),
                                        BAR),
                        kept(
                                share.queue().guarantee(),
                                share.inForce().amounts().guarantee(),
                                resource),
                        kept(share.queue().deserved(), share.inForce().amounts().deserved(), resource),
                        limit(
                                share.queue().capability(),
                                share.inForce().amounts().capability(),
                                resource),
                        first ? Integer.toString(share.queue().weight()) : "",
                        first ? wait : "");
                first = false;
            }
            pools(table, share);
        }
        table.print(screen);
    }

    /** What it has in single pools, beside that over all. */
    private static void pools(Table table, Shares.Share share) {
        share.queue().pools().keySet().stream().sorted().forEach(pool -> {
            EffectiveQueue.Amounts there = share.inForce().pools().get(pool);
            if (there == null) {
                return;
            }
            TreeSet<String> resources = new TreeSet<>(there.guarantee().names());
            resources.addAll(there.deserved().names());
            resources.addAll(there.capability().names());
            for (String resource : resources) {
                table.row(
                        "",
                        shown(resource) + " in " + pool,
                        amount(there.used(), resource),
                        "",
                        "",
                        said(there.guarantee(), resource),
                        said(there.deserved(), resource),
                        said(there.capability(), resource),
                        "",
                        "");
            }
        });
    }

    private static String said(Resources amounts, String resource) {
        return amounts.names().contains(resource) ? amount(amounts, resource) : "–";
    }

    private static String shown(String resource) {
        return resource.equals(GPU) ? "gpus" : resource;
    }

    private static String state(Shares.Share share) {
        return switch (share.queue().state()) {
            case OPEN -> "";
            case CLOSED -> " (closed)";
            case DRAINING -> " (draining)";
        };
    }

    private static String amount(Resources amounts, String resource) {
        return resource.isEmpty() ? "" : Quantity.format(resource, amounts.amount(resource));
    }

    /** What the queue has; in brackets what is in force where there is not enough for all. */
    private static String kept(Resources own, Resources inForce, String resource) {
        if (own.amount(resource) == 0) {
            return "–";
        }
        return own.amount(resource) == inForce.amount(resource)
                ? amount(own, resource)
                : "%s (%s)".formatted(amount(own, resource), amount(inForce, resource));
    }

    /** The most that it may hold; in brackets what a queue above it allows where that is less. */
    private static String limit(@Nullable Resources own, Resources inForce, String resource) {
        boolean said = own != null && own.names().contains(resource);
        if (!inForce.names().contains(resource)) {
            return said ? amount(own, resource) : "–";
        }
        return !said
                ? "(%s)".formatted(amount(inForce, resource))
                : own.amount(resource) == inForce.amount(resource)
                        ? amount(own, resource)
                        : "%s (%s)".formatted(amount(own, resource), amount(inForce, resource));
    }

    private void section(String title, List<Decision> decisions) {
        if (decisions.isEmpty()) {
            return;
        }
        screen.print("");
        screen.print(screen.paint(Colour.BOLD, title));
        int width = decisions.stream()
                .limit(MOST_SHOWN)
                .mapToInt(decision -> Text.width(name(decision)))
                .max()
                .orElse(0);
        decisions.stream().limit(MOST_SHOWN).forEach(decision -> {
            List<String> lines = lines(decision);
            String lead = "  " + Text.padded(name(decision), width) + "  ";
            for (String line : lines) {
                screen.print(lead + line);
                lead = " ".repeat(width + 4);
            }
        });
        if (decisions.size() > MOST_SHOWN) {
            screen.print("  … and %d more: -o json shows all.".formatted(decisions.size() - MOST_SHOWN));
        }
    }

    private String name(Decision decision) {
        QueueName queue = queues.get(decision.job());
        return decision.job() + (queue == null ? "" : " (" + queue + ")");
    }

    private List<String> lines(Decision decision) {
        return decision.match(
                launch -> List.of(placed(launch.pools())),
                grow -> List.of("+ " + placed(grow.pools())),
                shrink -> because(pods(shrink.pods()) + taker(shrink.inFavourOf()), shrink.reason()),
                evict -> because("all of it" + taker(evict.inFavourOf()), evict.reason()),
                this::waits);
    }

    private static String taker(@Nullable JobId taker) {
        return taker == null ? "" : " for " + taker;
    }

    private List<String> because(String what, Reason reason) {
        return List.of("%s: %s".formatted(what, code(reason)), reason.message());
    }

    private List<String> waits(Decision.Hold hold) {
        List<String> lines = new ArrayList<>();
        for (Reason reason : hold.all()) {
            lines.add((lines.isEmpty() ? "" : "also ") + code(reason) + ": " + reason.message());
            if (reason.hint() != null) {
                lines.add("→ " + reason.hint());
            }
        }
        lines.addAll(expected(hold.job()));
        return lines;
    }

    private List<String> expected(JobId job) {
        ExpectedStart start = starts.of(job);
        return start == null
                ? List.of()
                : start.match(
                        between -> List.of(between(between.earliest(), between.latest())),
                        cannot -> List.of("does not start as things are"),
                        notLookedAt -> List.of("expected start: not looked at (only the first %d of %d)"
                                .formatted(notLookedAt.looked(), notLookedAt.of())));
    }

    private String between(Instant earliest, @Nullable Instant latest) {
        if (latest == null) {
            return earliest.equals(turn.snapshot().now())
                    ? "expected start: any time, for nobody knows when running jobs end"
                    : "expected to start %s at the earliest; nobody knows when at the latest".formatted(at(earliest));
        }
        return "expected to start "
                + (earliest.equals(latest)
                        ? "at " + at(earliest)
                        : "between %s and %s".formatted(at(earliest), at(latest)));
    }

    /** The time, and how long from now. */
    private String at(Instant time) {
        Duration left = Duration.between(turn.snapshot().now(), time);
        return left.isZero() ? "now" : "%s (in %s)".formatted(time, Span.of(left));
    }

    private String code(Reason reason) {
        return screen.paint(Colour.YELLOW, reason.code().name());
    }

    private static String placed(Map<RoleName, Map<PoolName, Integer>> pools) {
        List<String> parts = new ArrayList<>();
        Telling.placements(pools)
                .forEach((role, counts) ->
                        counts.forEach((pool, count) -> parts.add("%d × %s in %s".formatted(count, role, pool))));
        return String.join(", ", parts);
    }

    private static String pods(List<LiveAttempt.Held> pods) {
        return pods.stream()
                .collect(Collectors.groupingBy(
                        held -> held.role().value(),
                        java.util.TreeMap::new,
                        Collectors.summingInt(LiveAttempt.Held::count)))
                .entrySet()
                .stream()
                .map(role -> "%d × %s".formatted(role.getValue(), role.getKey()))
                .collect(Collectors.joining(", "));
    }
}
