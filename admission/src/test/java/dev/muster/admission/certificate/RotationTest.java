package dev.muster.admission.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Certificates over the years, on a clock of the test. */
class RotationTest {
    private static final List<String> HOSTS = List.of("muster-webhook.muster.svc", "127.0.0.1");
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);

    @Test
    void nothing_is_made_anew_while_nothing_is_due() {
        Certificates first = Rotation.USUAL.next(Optional.empty(), HOSTS, START);
        Certificates later = Rotation.USUAL.next(Optional.of(first), HOSTS, START.plus(DAY.multipliedBy(10)));
        assertThat(later).isEqualTo(first);
        assertThat(Certificates.of(first.data())).contains(first);
    }

    @Test
    void what_is_shown_is_renewed_before_it_ends_and_for_other_names() {
        Certificates first = Rotation.USUAL.next(Optional.empty(), HOSTS, START);
        Certificates later = Rotation.USUAL.next(Optional.of(first), HOSTS, START.plus(DAY.multipliedBy(21)));
        assertThat(later.serving()).isNotEqualTo(first.serving());
        assertThat(later.authorities()).isEqualTo(first.authorities());
        Certificates moved = Rotation.USUAL.next(Optional.of(first), List.of("other.svc"), START);
        assertThat(moved.serving()).isNotEqualTo(first.serving());
    }

    /** Looked at every day for four years: what is shown was trusted the day before, and is trusted by what is told today. */
    @Test
    void nobody_ever_meets_a_certificate_that_it_does_not_trust_yet() {
        Rotation rotation = new Rotation(DAY.multipliedBy(365), DAY.multipliedBy(30), Duration.ofHours(1));
        Certificates before = rotation.next(Optional.empty(), HOSTS, START);
        int authorities = 1;
        for (int day = 1; day < 4 * 365; day++) {
            Instant now = START.plus(DAY.multipliedBy(day));
            Certificates next = rotation.next(Optional.of(before), HOSTS, now);
            if (!next.authorities().get(0).equals(before.authorities().get(0))) {
                authorities++;
            }
            assertThat(next.serving().until()).isAfter(now);
            assertThat(next.authorities()).hasSizeLessThanOrEqualTo(2);
            trust(before, next.serving());
            before = next;
        }
        assertThat(authorities).isGreaterThan(4);
    }

    @Test
    void a_secret_that_somebody_broke_is_replaced() {
        Certificates first = Rotation.USUAL.next(Optional.empty(), HOSTS, START);
        var data = new java.util.HashMap<>(first.data());
        data.put("tls.key", "rubbish");
        assertThat(Certificates.of(data)).isEmpty();
        data.remove("tls.key");
        assertThat(Certificates.of(data)).isEmpty();
    }

    private static void trust(Certificates told, Pair shown) {
        assertThat(told.authorities().stream().anyMatch(shown::isSignedBy)).isTrue();
    }
}
