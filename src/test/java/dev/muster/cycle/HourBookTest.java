package dev.muster.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.Settings;
import dev.muster.postgres.OfferingHourStore;
import dev.muster.quota.breaker.BreakerState;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.offering.CapacityType;
import dev.muster.quota.offering.Offering;
import dev.muster.quota.offering.OfferingFact;
import dev.muster.quota.offering.OfferingHour;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is seen of an offering is added to its hour, its breaker's standing to every hour that it stood in; what is old goes. */
@QuarkusTest
class HourBookTest {
    private static final Offering OFFERING =
            new Offering(new PoolName("by-the-hour"), CapacityType.SPOT, "eu-1a", "m5.xlarge");
    private static final Instant TEN = Instant.parse("2001-05-04T10:00:00Z");

    @Inject
    OfferingHourStore store;

    @Inject
    Settings settings;

    @Test
    void an_hour_adds_up_and_a_breaker_stands_in_each_hour_that_it_stood_in() {
        HourBook book = new HourBook(store, settings);
        book.begin();
        book.write(Map.of(), TEN.plusSeconds(30 * 60));
        book.note(OFFERING, new OfferingFact.Came(TEN.plusSeconds(31 * 60), 4, Duration.ofMinutes(2)));
        book.note(OFFERING, new OfferingFact.Ran(TEN.plusSeconds(40 * 60), Duration.ofHours(2)));
        book.write(Map.of(OFFERING, BreakerState.CLOSED), TEN.plusSeconds(45 * 60));
        book.note(OFFERING, new OfferingFact.Interrupted(TEN.plusSeconds(50 * 60), 1, 3));
        book.note(OFFERING, new OfferingFact.Failed(TEN.plusSeconds(50 * 60), 2, 3, "none"));
        book.write(Map.of(OFFERING, BreakerState.OPEN), TEN.plusSeconds(75 * 60));
        book.write(Map.of(OFFERING, BreakerState.HALF_OPEN), TEN.plusSeconds(80 * 60));

        List<OfferingHour> hours = hours();
        assertThat(hours).hasSize(2);
        assertThat(hours.get(0))
                .isEqualTo(new OfferingHour(
                        OFFERING, TEN, 4, 2, 1, Duration.ofHours(2), Duration.ofMinutes(15), Duration.ZERO));
        assertThat(hours.get(1).open()).isEqualTo(Duration.ofMinutes(15));
        assertThat(hours.get(1).halfOpen()).isEqualTo(Duration.ofMinutes(5));
        assertThat(hours.get(0).lostPerNodeHour()).isEqualTo(0.5);

        store.add(List.of(), TEN.plus(Duration.ofHours(1)));
        assertThat(hours()).hasSize(1);
        store.add(List.of(), TEN.plus(Duration.ofDays(1)));
        assertThat(hours()).isEmpty();
    }

    private List<OfferingHour> hours() {
        return store.between(TEN, TEN.plus(Duration.ofDays(1))).stream()
                .filter(hour -> hour.offering().equals(OFFERING))
                .toList();
    }
}
