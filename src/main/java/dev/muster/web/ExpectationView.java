package dev.muster.web;

import dev.muster.api.ExpectedStart;
import dev.muster.api.JobPlace;
import dev.muster.event.Why;
import dev.muster.report.Expectations;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** When a job is expected to start and what makes up its place, as they go over the wire. */
final class ExpectationView {
    private ExpectationView() {}

    static @Nullable ExpectedStart start(Expectations.@Nullable Expected expected) {
        if (expected == null || expected.start() == null) {
            return null;
        }
        return expected.start()
                .match(
                        between -> new ExpectedStart(
                                between.earliest(), between.latest(), between.assumptions(), null, null, expected.at()),
                        cannot -> new ExpectedStart(
                                null, null, List.of(), JobView.reason(Why.of(cannot.because())), null, expected.at()),
                        notLookedAt -> new ExpectedStart(
                                null,
                                null,
                                List.of(),
                                null,
                                "it comes after the first %d of %d jobs that wait; nobody looked further"
                                        .formatted(notLookedAt.looked(), notLookedAt.of()),
                                expected.at()));
    }

    static @Nullable JobPlace place(Expectations.@Nullable Expected expected) {
        if (expected == null || expected.place() == null) {
            return null;
        }
        dev.muster.quota.plan.JobPlace place = expected.place();
        return new JobPlace(
                place.shares().stream()
                        .map(share -> new JobPlace.Share(
                                share.queue().value(),
                                share.within(),
                                Double.isFinite(share.value()) ? share.value() : Double.MAX_VALUE,
                                share.largest()))
                        .toList(),
                place.order().priority(),
                place.order().priorityClass(),
                place.order().aging(),
                place.since(),
                place.age(),
                place.inQueue(),
                place.ofQueue());
    }
}
