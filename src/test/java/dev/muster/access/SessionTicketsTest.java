package dev.muster.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionTicketsTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    Path directory;

    @Test
    void a_ticket_is_for_one_person_one_session_and_a_day() {
        String ticket = at(NOW).ticket("01jd3k", "user/änna@example.com");

        assertThat(ticket).matches("[A-Za-z0-9._-]+");
        assertThat(at(NOW).holder(ticket)).contains(new SessionTickets.Holder("01jd3k", "user/änna@example.com", true));
        assertThat(at(NOW.plus(Duration.ofHours(13))).holder(ticket))
                .contains(new SessionTickets.Holder("01jd3k", "user/änna@example.com", false));
    }

    @Test
    void nothing_of_it_can_be_changed_and_a_ticket_of_a_page_is_none() {
        String ticket = at(NOW).ticket("01jd3k", "user/anna");
        String other = at(NOW).ticket("01jd3k", "user/bert");

        assertThat(at(NOW).holder(ticket.replace("01jd3k", "01jd3x"))).isEmpty();
        assertThat(at(NOW).holder(ticket.replace(ticket.split("\\.")[1], other.split("\\.")[1])))
                .isEmpty();
        assertThat(at(NOW).holder(ticket.replaceFirst("\\.\\d{5,12}\\.", ".9999999999.")))
                .isEmpty();
        assertThat(at(NOW).holder(new PageTickets(token(), InstantSource.fixed(NOW)).ticket("01jd3k")))
                .isEmpty();
        assertThat(at(NOW).holder("")).isEmpty();
    }

    private SessionTickets at(Instant now) {
        return new SessionTickets(token(), InstantSource.fixed(now));
    }

    private Token token() {
        return new Token(directory.resolve("token"));
    }
}
