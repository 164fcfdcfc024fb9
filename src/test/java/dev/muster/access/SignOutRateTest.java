package dev.muster.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Strangers may call twice a second, in bursts of twenty. A provider that signs everybody out is none. */
@QuarkusTest
@QuarkusTestResource(
        value = WithTestIssuer.class,
        initArgs = @ResourceArg(name = WithTestIssuer.STRANGERS, value = "2"),
        restrictToAnnotatedClass = true)
class SignOutRateTest {
    private static final int BURST = 20;

    private final String sub = UUID.randomUUID().toString();

    TestIssuer issuer;

    @Test
    void a_provider_ends_five_hundred_sessions_at_once_while_others_from_its_address_are_told_to_wait() {
        String there = UUID.randomUUID().toString();
        String session = session(there);
        List<Response> strangers = IntStream.range(0, 3 * BURST)
                .mapToObj(i -> AtTheCompany.signOut(i % 2 == 0 ? "no token at all" : notForUs(there)))
                .toList();
        assertThat(strangers).extracting(Response::statusCode).contains(400, 429);
        Response late = strangers.get(strangers.size() - 1);
        assertThat(late.statusCode()).isEqualTo(429);
        assertThat(late.header("Retry-After")).isNotNull();

        List<Integer> ended = Stream.concat(IntStream.range(0, 499).mapToObj(i -> "of-somebody-" + i), Stream.of(there))
                .map(named -> AtTheCompany.signOut(issuer.sign(issuer.signedOut(named, Map.of("sub", sub))))
                        .statusCode())
                .toList();

        assertThat(ended).hasSize(500).containsOnly(200);
        // Whoever it is now, nobody is known by it: a stranger, of whom there have been too many, or not.
        assertThat(AtTheCompany.page(session, "/api/v1/whoami").statusCode()).isIn(401, 429);
    }

    private String session(String sid) {
        return AtTheCompany.session(issuer, sub, sid);
    }

    /** Signed by the provider, and meant for another service. */
    private String notForUs(String session) {
        return issuer.sign(issuer.signedOut(session, Map.of("aud", "another-service")));
    }
}
