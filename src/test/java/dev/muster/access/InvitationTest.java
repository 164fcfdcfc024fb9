package dev.muster.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.postgres.AccountStore;
import dev.muster.postgres.GrantStore;
import dev.muster.rights.Subject;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How long a link to choose a password is good. Time passes as the test says. */
@QuarkusTest
class InvitationTest {
    private static final String PASSWORD = "four words are enough";

    @Inject
    AccountStore store;

    @Inject
    GrantStore grants;

    @Inject
    Issuers issuers;

    private final Subject subject = Subject.parse("i" + UUID.randomUUID());
    /** Failed attempts count by address, and the other test's are of tomorrow. */
    private final Accounts.Whence here = new Accounts.Whence(subject.name(), "test");

    private Instant now = Instant.now();

    @AfterEach
    void removeAccount() {
        store.delete(subject, "test", now);
    }

    @Test
    void a_link_is_good_for_a_day_and_no_longer() {
        Accounts accounts = new Accounts(store, grants, issuers, () -> now);
        Accounts.Link link = accounts.invite(subject, "test");

        now = link.expiresAt().minusSeconds(1);
        assertThat(accounts.linked(link.text())).contains(subject);
        now = link.expiresAt().plusSeconds(1);
        assertThat(accounts.linked(link.text())).isEmpty();
        assertThat(accounts.choose(link.text(), PASSWORD, here)).isEmpty();
        assertThat(accounts.signIn(subject.name(), PASSWORD, here)).isEmpty();
    }

    @Test
    void a_new_link_spends_the_one_before_and_itself_works_once() {
        Accounts accounts = new Accounts(store, grants, issuers, () -> now);
        Accounts.Link first = accounts.invite(subject, "test");
        now = now.plus(Duration.ofMinutes(1));
        Accounts.Link second = accounts.invite(subject, "test");

        assertThat(accounts.choose(first.text(), PASSWORD, here)).isEmpty();
        Optional<String> session = accounts.choose(second.text(), PASSWORD, here);
        assertThat(session.flatMap(accounts::actor))
                .get()
                .extracting(Actor::name)
                .isEqualTo(subject.name());
        assertThat(accounts.choose(second.text(), "four other words, then", here))
                .isEmpty();
        assertThat(accounts.signIn(subject.name(), PASSWORD, here)).isPresent();
    }
}
