package dev.muster.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageTicketsTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    Path directory;

    @Test
    void a_ticket_is_for_one_job_and_for_an_hour() {
        String ticket = at(NOW).ticket("01jd3k");

        assertThat(at(NOW).holder(ticket)).contains(new PageTickets.Holder("01jd3k", true));
        assertThat(at(NOW.plus(Duration.ofMinutes(61))).holder(ticket))
                .contains(new PageTickets.Holder("01jd3k", false));
        assertThat(at(NOW).holder(ticket.replace("01jd3k", "01jd3x"))).isEmpty();
        assertThat(at(NOW).holder(ticket.replaceFirst("\\.\\d+", ".9999999999")))
                .isEmpty();
        assertThat(at(NOW).holder("")).isEmpty();
    }

    private PageTickets at(Instant now) {
        return new PageTickets(new Token(directory.resolve("token")), InstantSource.fixed(now));
    }
}
