package dev.muster.cli.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.cli.FakeService;
import dev.muster.cli.StandInIssuer;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The provider is asked no more often than it wants, and what it says in the end is told in words. Time passes as it is waited. */
class DeviceFlowTest {
    private final List<Long> pauses = new ArrayList<>();
    private FakeService service;
    private StandInIssuer issuer;
    private Instant now = Instant.parse("2026-11-27T12:00:00Z");

    @BeforeEach
    void start() throws IOException {
        service = new FakeService();
        issuer = new StandInIssuer(service);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void it_waits_as_long_as_it_was_told_and_longer_when_told_so() {
        issuer.answers("authorization_pending", "slow_down", "authorization_pending", "slow_down");

        SignedIn signedIn = signIn();

        assertThat(pauses).containsExactly(1L, 1L, 6L, 6L, 11L);
        assertThat(signedIn.token()).isEqualTo("first");
        assertThat(signedIn.refreshToken()).isEqualTo("r-1");
        assertThat(signedIn.expiresAt()).isEqualTo(now.plusSeconds(300));
    }

    @Test
    void a_provider_that_is_away_for_a_moment_ends_nothing_and_is_asked_less() {
        issuer.answers("away", "away", "authorization_pending");

        assertThat(signIn().token()).isEqualTo("first");
        assertThat(pauses).containsExactly(1L, 2L, 4L, 4L);
    }

    @Test
    void a_code_that_nobody_types_in_is_over_when_the_provider_says_so_or_its_time_has_passed() {
        issuer.answers("authorization_pending", "expired_token");
        refused("Nobody typed in the code in time");
        assertThat(pauses).hasSize(2);

        issuer.codeLives(3);
        issuer.answers(
                "authorization_pending", "authorization_pending", "authorization_pending", "authorization_pending");
        refused("Nobody typed in the code in time");
        assertThat(pauses).hasSize(5);
    }

    @Test
    void what_was_declined_and_what_the_provider_says_besides_is_told() {
        issuer.answers("access_denied");
        refused("it was declined");
        issuer.answers("invalid_client");
        refused("The identity provider refuses: invalid_client");
    }

    @Test
    void an_answer_that_is_none_is_told_and_no_token_is_made_of_it() {
        service.on("POST /token", "{\"token_type\":\"Bearer\"}");
        refused("gives no access_token");
        service.on("POST /token", "<html>");
        refused("answers no JSON");
        service.on(
                "GET /.well-known/openid-configuration", "{\"token_endpoint\":\"%s/token\"}".formatted(service.url()));
        refused("lets no command sign in");
    }

    private void refused(String why) {
        assertThatThrownBy(this::signIn).isInstanceOf(SignInFailed.class).hasMessageContaining(why);
    }

    private SignedIn signIn() {
        IdentityProvider provider =
                IdentityProvider.of(URI.create(service.url())).get(0);
        return provider.signIn(task -> assertThat(task.code()).isEqualTo("WDJB-MJHT"), () -> now, seconds -> {
            pauses.add(seconds);
            now = now.plusSeconds(seconds);
        });
    }
}
