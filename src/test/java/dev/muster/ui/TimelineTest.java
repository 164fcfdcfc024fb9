package dev.muster.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.job.Attempt;
import dev.muster.job.AttemptState;
import dev.muster.job.Job;
import dev.muster.job.JobState;
import dev.muster.job.Outcome;
import dev.muster.quota.name.AttemptId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TimelineTest {
    private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void an_attempt_is_drawn_as_its_wait_its_launch_and_its_run() {
        Timeline timeline =
                Timeline.of(job(JobState.SUCCEEDED, at(100)), List.of(attempt(1, at(40), at(50), at(100))), at(500));

        assertThat(timeline.lanes()).singleElement().satisfies(lane -> assertThat(lane.segments())
                .containsExactly(
                        new Timeline.Segment("queued", 0, 40, "Queued for 40 s"),
                        new Timeline.Segment("launching", 40, 10, "Launching for 10 s"),
                        new Timeline.Segment("running", 50, 50, "Running for 50 s")));
    }

    @Test
    void the_wait_that_goes_on_is_a_lane_of_its_own() {
        Timeline timeline = Timeline.of(job(JobState.QUEUED, null), List.of(attempt(1, at(10), null, at(20))), at(40));

        assertThat(timeline.lanes()).extracting(Timeline.Lane::number).containsExactly(1, 0);
        assertThat(timeline.lanes().get(1).segments())
                .containsExactly(new Timeline.Segment("queued", 50, 50, "Queued for 20 s"));
    }

    @Test
    void a_running_attempt_reaches_the_present_and_nothing_waits_beside_it() {
        Timeline timeline = Timeline.of(job(JobState.RUNNING, null), List.of(attempt(1, at(10), at(20), null)), at(40));

        assertThat(timeline.lanes()).hasSize(1);
        assertThat(timeline.lanes().get(0).segments().get(2).width()).isEqualTo(50);
    }

    @Test
    void a_job_that_was_only_just_submitted_has_a_scale() {
        Timeline timeline = Timeline.of(job(JobState.QUEUED, null), List.of(), T);

        assertThat(timeline.lanes()).hasSize(1);
        assertThat(timeline.lanes().get(0).segments()).allSatisfy(segment -> {
            assertThat(segment.left()).isBetween(0.0, 100.0);
            assertThat(segment.width()).isBetween(0.0, 100.0);
        });
    }

    @Test
    void of_many_attempts_the_newest_are_drawn() {
        List<Attempt> attempts = IntStream.rangeClosed(1, 30)
                .mapToObj(i -> attempt(i, at(i * 10), at(i * 10 + 1), at(i * 10 + 5)))
                .toList();

        Timeline timeline = Timeline.of(job(JobState.FAILED, at(305)), attempts, at(400));

        assertThat(timeline.lanes()).hasSize(Timeline.MOST_LANES);
        assertThat(timeline.lanes().get(Timeline.MOST_LANES - 1).number()).isEqualTo(30);
        assertThat(timeline.notDrawn()).isEqualTo(30 - Timeline.MOST_LANES);
    }

    @Test
    void the_scale_has_a_few_round_marks_whatever_its_length() {
        for (long seconds : new long[] {1, 7, 61, 3_599, 86_400, 40 * 86_400L, 4_000 * 86_400L}) {
            assertThat(Timeline.of(job(JobState.QUEUED, null), List.of(), at(seconds))
                            .ticks())
                    .as("%d s", seconds)
                    .hasSizeBetween(2, 8);
        }
    }

    private static Instant at(long seconds) {
        return T.plusSeconds(seconds);
    }

    private static Job job(JobState state, @Nullable Instant finished) {
        Job like = Samples.job(1, "drawn", state.isFinal() ? JobState.RUNNING : state, null);
        return new Job(
                like.id(),
                like.team(),
                like.spec(),
                state,
                2,
                1,
                0,
                0,
                0,
                0,
                Map.of(),
                "ada",
                T,
                T,
                T,
                null,
                finished,
                null,
                List.of(),
                null);
    }

    private static Attempt attempt(int number, Instant created, @Nullable Instant started, @Nullable Instant ended) {
        return new Attempt(
                new AttemptId(Samples.jobs().get(0).id(), number),
                ended == null ? AttemptState.RUNNING : AttemptState.ENDED,
                1,
                Map.of(),
                created,
                started,
                ended,
                null,
                ended == null ? null : Outcome.SUCCEEDED,
                List.of());
    }
}
