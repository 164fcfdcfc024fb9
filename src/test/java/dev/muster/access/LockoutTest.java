package dev.muster.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** How long nobody gets in after attempts that failed, and what can be a password. */
class LockoutTest {
    private static final Instant AT = Instant.parse("2026-11-27T00:00:00Z");

    @Test
    void some_mistakes_are_free_and_then_each_doubles_the_wait() {
        assertThat(after(Lockout.FREE - 1)).isZero();
        assertThat(after(Lockout.FREE)).isEqualTo(Duration.ofSeconds(1));
        assertThat(after(Lockout.FREE + 3)).isEqualTo(Duration.ofSeconds(8));
        assertThat(after(1_000_000)).isEqualTo(Lockout.LONGEST);
    }

    @Test
    void the_wait_ends() {
        Lockout lockout = new Lockout(Lockout.FREE + 3, Lockout.FREE, AT);

        assertThat(lockout.isOver(AT.plusSeconds(7))).isFalse();
        assertThat(lockout.isOver(AT.plusSeconds(8))).isTrue();
    }

    @Test
    void what_is_short_long_or_guessed_is_no_password() {
        assertThat(Passwords.fault("ana", "elevenchars")).isPresent();
        assertThat(Passwords.fault("ana", "ä".repeat(37))).isPresent();
        assertThat(Passwords.fault("ana", "abababababab")).isPresent();
        assertThat(Passwords.fault("ana.somebody", "Ana.Somebody")).isPresent();
        assertThat(Passwords.fault("ana", "four words are enough")).isEmpty();
    }

    @Test
    void a_password_is_known_again_and_nothing_else_is() {
        String hash = Passwords.hash("four words are enough");

        assertThat(hash).startsWith("$2a$12$");
        assertThat(Passwords.matches(hash, "four words are enough")).isTrue();
        assertThat(Passwords.matches(hash, "four words are enougH")).isFalse();
        assertThat(Passwords.matches(null, "nobody has this one")).isFalse();
        assertThat(Passwords.matches(hash, "x".repeat(10_000))).isFalse();
    }

    private static Duration after(int failures) {
        return new Lockout(failures, Lockout.FREE, AT).delay();
    }
}
