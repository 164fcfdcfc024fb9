package dev.muster.cli.plan;

import dev.muster.cli.scenario.Course;
import dev.muster.cli.screen.Screen;
import dev.muster.cli.screen.Span;
import dev.muster.quota.name.JobId;
import dev.muster.quota.plan.Decision;
import dev.muster.quota.plan.JobPlace;
import dev.muster.quota.plan.JobPlaces;
import dev.muster.quota.plan.Plan;
import dev.muster.quota.plan.Reason;
import dev.muster.quota.plan.Share;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Everything about one job of a scenario: its place in the order taken apart, what became of it, every reason with its numbers. */
public final class JobStory {
    private final Screen screen;
    private final Course.Turn turn;
    private final JobId job;

    public JobStory(Screen screen, Course.Turn turn, JobId job) {
        this.screen = screen;
        this.turn = turn;
        this.job = job;
    }

    /** False where there is no such job in this plan. */
    public boolean print() {
        Plan about = new Plan(turn.plan().decisions().stream()
                .filter(decision -> decision.job().equals(job))
                .toList());
        boolean runs = turn.snapshot().live().stream()
                .anyMatch(attempt -> attempt.id().job().equals(job));
        if (about.decisions().isEmpty() && !runs) {
            return false;
        }
        JobPlaces.in(turn.snapshot()).of(job).ifPresent(this::place);
        if (about.decisions().isEmpty()) {
            screen.print("It runs and goes on: the plan does nothing with it.");
        }
        new PlanText(screen, turn).decisions(about);
        about.decisions().forEach(this::numbers);
        made();
        return true;
    }

    private void place(JobPlace place) {
        screen.print("Its turn: %d of %d in its queue".formatted(place.inQueue(), place.ofQueue()));
        screen.print("  priority  %d of its class%s, waits for %s"
                .formatted(
                        place.order().priorityClass(),
                        place.order().aging() == 0
                                ? ""
                                : " + %d by aging".formatted(place.order().aging()),
                        Span.of(place.age())));
        for (Share share : place.shares()) {
            String largest = Optional.ofNullable(share.largest()).orElse("nothing");
            screen.print("  queue %s  %s"
                    .formatted(
                            share.queue(),
                            share.within()
                                    ? "within what it deserves: with this job it holds %s of it, most of %s"
                                            .formatted(number(share.value()), largest)
                                    : "beyond what it deserves, by %s of all for its weight, most of %s"
                                            .formatted(number(share.value()), largest)));
        }
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    private void numbers(Decision decision) {
        List<Reason> reasons =
                decision instanceof Decision.Hold hold ? List.copyOf(hold.all()) : List.of(decision.reason());
        for (Reason reason : reasons) {
            if (!reason.numbers().isEmpty()) {
                screen.print("");
                screen.print("Numbers of " + reason.code());
                int width = reason.numbers().keySet().stream()
                        .mapToInt(String::length)
                        .max()
                        .orElse(0);
                for (Map.Entry<String, String> number : reason.numbers().entrySet()) {
                    screen.print(("  %-" + width + "s  %s").formatted(number.getKey(), number.getValue()));
                }
            }
        }
    }

    /** Who gives way for it. */
    private void made() {
        List<Decision> giving = turn.plan().decisions().stream()
                .filter(decision -> decision.match(
                        launch -> false,
                        grow -> false,
                        shrink -> job.equals(shrink.inFavourOf()),
                        evict -> job.equals(evict.inFavourOf()),
                        hold -> false))
                .toList();
        if (!giving.isEmpty()) {
            new PlanText(screen, turn).decisions(new Plan(giving));
        }
    }
}
