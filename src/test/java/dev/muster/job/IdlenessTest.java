package dev.muster.job;

import static dev.muster.job.Idleness.Step.END;
import static dev.muster.job.Idleness.Step.NOTHING;
import static dev.muster.job.Idleness.Step.TELL;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class IdlenessTest {
    private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");
    private static final Duration TIMEOUT = Duration.ofMinutes(60);

    @Test
    void its_people_are_told_before_it_ends_and_it_ends_only_then() {
        Idleness unused = new Idleness(START, null, null, TIMEOUT);
        assertThat(unused.notice()).isEqualTo(Duration.ofMinutes(10));
        assertThat(unused.at(minute(49), START)).isEqualTo(NOTHING);
        assertThat(unused.at(minute(50), START)).isEqualTo(TELL);
        assertThat(unused.at(minute(300), START)).as("nobody was told yet").isEqualTo(TELL);

        Idleness told = unused.told(minute(50));
        assertThat(told.endsAt()).isEqualTo(minute(60));
        assertThat(told.at(minute(59), START)).isEqualTo(NOTHING);
        assertThat(told.at(minute(60), START)).isEqualTo(END);
        assertThat(unused.told(minute(300)).endsAt()).as("told late").isEqualTo(minute(310));
    }

    @Test
    void use_begins_the_time_anew_and_what_was_told_before_counts_no_more() {
        Idleness used = new Idleness(START, minute(55), minute(50), TIMEOUT);

        assertThat(used.endsAt()).isEqualTo(minute(115));
        assertThat(used.at(minute(104), START)).isEqualTo(NOTHING);
        assertThat(used.at(minute(105), START)).isEqualTo(TELL);
    }

    @Test
    void use_of_an_attempt_before_does_not_count() {
        assertThat(new Idleness(START, START.minusSeconds(7_200), null, TIMEOUT).since())
                .isEqualTo(START);
    }

    @Test
    void who_begins_to_watch_gives_everybody_the_notice_to_be_seen() {
        Idleness told = new Idleness(START, null, minute(50), TIMEOUT);

        assertThat(told.at(minute(500), minute(495))).as("the service was away").isEqualTo(NOTHING);
        assertThat(told.at(minute(505), minute(495))).isEqualTo(END);
    }

    @Test
    void a_short_time_has_a_short_notice() {
        assertThat(new Idleness(START, null, null, Duration.ofSeconds(40)).notice())
                .isEqualTo(Duration.ofSeconds(10));
    }

    private static Instant minute(int minutes) {
        return START.plus(Duration.ofMinutes(minutes));
    }
}
