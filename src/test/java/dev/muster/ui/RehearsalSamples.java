package dev.muster.ui;

import dev.muster.api.PolicyChange;
import dev.muster.postgres.Rehearsal;
import dev.muster.simulation.measure.ClassWait;
import dev.muster.simulation.measure.Measure;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rehearsals at each stage, asked for by somebody with a hostile name. */
final class RehearsalSamples {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private RehearsalSamples() {}

    static RehearsalPage done() {
        return page(Rehearsal.State.DONE, result(), null, false, true);
    }

    static RehearsalPage applied() {
        return page(Rehearsal.State.DONE, result(), null, true, true);
    }

    static RehearsalPage running() {
        return page(Rehearsal.State.RUNNING, null, null, false, true);
    }

    /** By somebody who may look at policies and not change them. */
    static RehearsalPage watched() {
        return page(Rehearsal.State.RUNNING, null, null, false, false);
    }

    static RehearsalPage cancelled() {
        return page(Rehearsal.State.CANCELLED, null, null, false, true);
    }

    static RehearsalPage failed() {
        return page(Rehearsal.State.FAILED, null, "No <b>job</b> ran", false, true);
    }

    static Rehearsal.Result result() {
        return new Rehearsal.Result(
                List.of("pool <cpu> has nodes of 2 shapes: it stays as it was at last"),
                side(2, 0, 0.5),
                side(0.05, 3, 0.75));
    }

    private static Rehearsal.Side side(double wait, double evictions, double used) {
        return new Rehearsal.Side(
                Map.of(Measure.WAIT_P95, wait, Measure.EVICTIONS, evictions, Measure.UTILISATION, used),
                List.of(new ClassWait(100, 4, wait / 2, wait), new ClassWait(7, 40, 1, 1)),
                List.of(new Rehearsal.Point(0, 0, used), new Rehearsal.Point(24, (int) (10 * wait), used)));
    }

    private static RehearsalPage page(
            Rehearsal.State state,
            Rehearsal.@Nullable Result result,
            @Nullable String trouble,
            boolean applied,
            boolean mayApply) {
        Frame frame = Samples.frame("Rehearsal of a policy", "policy");
        Moment moment = new Moment(NOW.minusSeconds(3600), NOW);
        return new RehearsalPage(
                frame,
                "r-0123456789ab",
                RehearsalPage.word(state),
                RehearsalPage.css(state),
                state.isOpen(),
                41,
                "<script>ana</script>",
                moment,
                moment,
                moment,
                List.of(new PolicyChange("eviction.preempt", "false", "true")),
                trouble,
                result == null ? List.of() : result.remarks(),
                RehearsalPage.rows(result),
                RehearsalPage.waits(result, Map.of(100, "rush")),
                RehearsalPage.chart(result),
                new RehearsalPage.Answer(mayApply, applied, false, "eviction.preempt=true", 3, applied ? 4 : 3));
    }
}
