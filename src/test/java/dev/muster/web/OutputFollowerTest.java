package dev.muster.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.cluster.LogChunk;
import dev.muster.job.Job;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.RoleName;
import java.nio.charset.StandardCharsets;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A reader of what a pod writes: what it asks the database, when it rests, and what it survives. */
class OutputFollowerTest {
    private static final JobId JOB = new JobId("job");
    private static final LogReading.Which FIRST = new LogReading.Which(JOB, new RoleName("main"), 0, 1, 0);

    private final Deque<String> written = new ArrayDeque<>();
    private final List<Long> readFrom = new ArrayList<>();
    private int asked;
    private boolean isAway;

    private final FollowedJobs jobs = new FollowedJobs(id -> {
        asked++;
        if (isAway) {
            throw new IllegalStateException(new SQLTransientConnectionException("no connection"));
        }
        return Optional.empty();
    });

    @Test
    void hundreds_who_follow_one_job_ask_the_database_for_it_once() {
        for (int i = 0; i < 300; i++) {
            assertThat(jobs.find(JOB)).isNull();
        }

        assertThat(asked).isEqualTo(1);
    }

    @Test
    void it_reads_on_while_the_database_is_away() {
        isAway = true;
        written.addAll(List.of("one", "", "two"));
        OutputFollower follower = follower(FIRST);

        assertThat(text(follower.look())).isEqualTo("one");
        assertThat(text(follower.look())).isEmpty();
        assertThat(text(follower.look())).isEqualTo("two");
        assertThat(follower.look().end()).isFalse();
        assertThat(readFrom).containsExactly(0L, 3L, 3L, 6L);
    }

    @Test
    void what_else_goes_wrong_is_not_swallowed() {
        FollowedJobs broken = new FollowedJobs(id -> {
            throw new IllegalStateException("for the test");
        });

        assertThatThrownBy(() -> new OutputFollower(FIRST, broken, job -> true, attempt -> false, this::read).look())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("for the test");
    }

    @Test
    void it_rests_longer_where_nothing_comes_and_not_at_all_where_something_came() {
        isAway = true;
        OutputFollower follower = follower(FIRST);

        follower.look();
        Duration first = follower.rest();
        follower.look();
        assertThat(follower.rest()).isGreaterThan(first);
        for (int i = 0; i < 20; i++) {
            follower.look();
        }
        assertThat(follower.rest()).isLessThan(Duration.ofSeconds(1));
        written.add("more");
        follower.look();
        assertThat(follower.rest()).isZero();
    }

    @Test
    void a_job_that_is_gone_is_read_to_its_end() {
        written.add("last words");

        LogChunk last = follower(FIRST).look();

        assertThat(text(last)).isEqualTo("last words");
        assertThat(last.end()).isTrue();
    }

    @Test
    void who_may_not_see_it_any_more_is_told_nothing() {
        written.add("secret");

        LogChunk last = new OutputFollower(FIRST, jobs, job -> false, attempt -> false, this::read).look();

        assertThat(last.bytes()).isEmpty();
        assertThat(last.end()).isTrue();
    }

    private OutputFollower follower(LogReading.Which which) {
        return new OutputFollower(which, jobs, (Job job) -> true, attempt -> false, this::read);
    }

    private LogChunk read(LogReading.Which which) {
        readFrom.add(which.offset());
        String next = written.isEmpty() ? "" : written.remove();
        return new LogChunk(which.offset(), next.getBytes(StandardCharsets.UTF_8), false);
    }

    private static String text(LogChunk chunk) {
        return new String(chunk.bytes(), StandardCharsets.UTF_8);
    }
}
