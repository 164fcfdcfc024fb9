package dev.muster.cli;

import dev.muster.cli.FakeService.Answer;
import dev.muster.cli.FakeService.Asked;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The little of an identity provider that the device flow needs, in a fake service that trusts it. What it answers while the person
 * has not typed in the code is told beforehand; afterwards it gives the tokens {@code first}, {@code second}, …, each time with
 * another refresh token, and takes only the last one.
 */
public final class StandInIssuer {
    private static final List<String> NAMES = List.of("first", "second", "third");

    private final FakeService service;
    private final AtomicInteger given = new AtomicInteger();
    private volatile int life = 300;

    /** Trusted by the service as {@code corp}. */
    public StandInIssuer(FakeService service) {
        this.service = service;
        service.on("GET /sign-in/issuers", """
                {"items":[{"name":"corp","label":"Corp","issuer":"%s","clientId":"muster-command","scopes":"profile"}]}""".formatted(service.url()));
        service.on("GET /.well-known/openid-configuration", """
                {"device_authorization_endpoint":"%1$s/device","token_endpoint":"%1$s/token",
                 "revocation_endpoint":"%1$s/revoke"}""".formatted(service.url()));
        service.on("POST /revoke", "");
        codeLives(600);
        answers();
    }

    public void codeLives(int seconds) {
        service.on("POST /device", """
                {"device_code":"d-1","user_code":"WDJB-MJHT","verification_uri":"%s/type-in","interval":1,"expires_in":%d}""".formatted(service.url(), seconds));
    }

    public void tokensLive(int seconds) {
        life = seconds;
    }

    /** The words of the protocol that come before the tokens, the last one for ever where it ends the flow; {@code away}: a 503. */
    public void answers(String... words) {
        AtomicInteger next = new AtomicInteger();
        service.on("POST /token", asked -> {
            if (asked.body().contains("grant_type=refresh_token")) {
                return renewal(asked);
            }
            int number = next.getAndIncrement();
            return number < words.length ? refusal(words[number]) : tokens();
        });
    }

    private static Answer refusal(String word) {
        return word.equals("away")
                ? new Answer(503, "text/html", "<h1>Later</h1>")
                : new Answer(400, "application/json", "{\"error\":\"%s\"}".formatted(word));
    }

    private Answer renewal(Asked asked) {
        return asked.body().contains("refresh_token=r-" + given.get() + "&")
                        || asked.body().endsWith("refresh_token=r-" + given.get())
                ? tokens()
                : refusal("invalid_grant");
    }

    private Answer tokens() {
        int number = given.getAndIncrement();
        return new Answer(
                200,
                "application/json",
                "{\"access_token\":\"%s\",\"refresh_token\":\"r-%d\",\"expires_in\":%d}"
                        .formatted(NAMES.get(number), number + 1, life));
    }
}
