package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody signs in by an identity provider or with a token, works, and signs out: what is kept, used and forgotten. */
class LoginCommandTest {
    @TempDir
    private Path home;

    private FakeService service;
    private StandInIssuer issuer;

    @BeforeEach
    void start() throws IOException {
        service = new FakeService().on("GET /whoami", "{\"name\":\"ana\",\"kind\":\"ISSUER_TOKEN\"}");
        issuer = new StandInIssuer(service);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void a_code_is_typed_in_and_the_token_kept_for_its_owner_only() throws IOException {
        issuer.answers("authorization_pending");

        Told told = muster("login", service.url(), "--with", "corp");

        assertThat(told.exitCode()).as(told.err()).isZero();
        assertThat(told.err()).contains("Open " + service.url() + "/type-in and type in the code WDJB-MJHT");
        assertThat(told.out()).contains("Signed in to " + service.url() + " as ana");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept())))
                .isEqualTo("rw-------");
        assertThat(told.out() + told.err()).doesNotContain("first", "r-1", "d-1");
        assertThat(authorizations("/whoami")).containsExactly("Bearer first");
        assertThat(sentTo("/device")).singleElement().asString().contains("scope=openid+profile");
    }

    @Test
    void a_token_that_ends_is_renewed_once_and_the_next_call_goes_with_the_new_one() throws IOException {
        issuer.tokensLive(5);
        signIn();
        issuer.tokensLive(300);

        Told first = muster("token", "list");
        Told next = muster("token", "list");

        assertThat(List.of(first.exitCode(), next.exitCode())).as(first.err()).containsOnly(3);
        assertThat(authorizations("/tokens")).containsExactly("Bearer second", "Bearer second");
        assertThat(Files.readString(kept())).contains("second", "r-2").doesNotContain("first", "r-1\"");
        assertThat(sentTo("/token"))
                .filteredOn(body -> body.contains("grant_type=refresh_token"))
                .singleElement()
                .asString()
                .contains("client_id=muster-command", "refresh_token=r-1");
    }

    @Test
    void who_was_signed_out_at_the_provider_is_told_to_sign_in_again() throws IOException {
        issuer.tokensLive(5);
        signIn();
        service.on(
                "POST /token",
                asked -> new FakeService.Answer(400, "application/json", "{\"error\":\"invalid_grant\"}"));

        Told told = muster("token", "list");

        assertThat(told.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(told.err()).contains("You are not signed in any more", "muster login URL");
        assertThat(authorizations("/tokens")).isEmpty();
    }

    @Test
    void a_provider_that_is_away_is_told_apart() throws IOException {
        issuer.tokensLive(5);
        signIn();
        service.on("POST /token", asked -> new FakeService.Answer(502, "text/html", "<h1>Bad gateway</h1>"));

        Told told = muster("token", "list");

        assertThat(told.exitCode()).isEqualTo(ExitCode.NOT_REACHABLE);
        assertThat(told.err()).contains("/token answers 502");
    }

    @Test
    void what_was_declined_is_kept_nowhere() {
        issuer.answers("access_denied");

        Told told = muster("login", service.url(), "--with", "corp");

        assertThat(told.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(told.err()).contains("You are not signed in: it was declined");
        assertThat(kept()).doesNotExist();
    }

    @Test
    void signing_out_forgets_the_token_here_and_gives_it_back_there() throws IOException {
        signIn();

        Told told = muster("logout");

        assertThat(told.exitCode()).isZero();
        assertThat(told.err()).contains("Signed out", "gives nobody another token by it");
        assertThat(sentTo("/revoke")).singleElement().asString().contains("token=r-1", "client_id=muster-command");
        assertThat(Files.readString(kept())).doesNotContain("first", "r-1");
        assertThat(muster("token", "list").exitCode()).isEqualTo(ExitCode.NOT_REACHABLE);
        assertThat(muster("logout").err()).contains("You are signed in to no service");
    }

    @Test
    void of_several_services_one_is_the_present_one() throws IOException {
        signIn();
        service.on("POST /token", asked -> new FakeService.Answer(500, "text/plain", "not to be asked"));
        typed("muster_b", "login", service.url(), "--as", "b");

        assertThat(muster("login", "contexts").out())
                .containsPattern("\\*\\s+b\\s")
                .contains(service.url());
        muster("login", "use", authority());
        muster("token", "list");
        muster("login", "use", "b");
        muster("token", "list");
        assertThat(authorizations("/tokens")).containsExactly("Bearer first", "Bearer muster_b");

        Told gone = muster("login", "forget", "b");
        assertThat(gone.err()).contains("The token itself is still good");
        assertThat(sentTo("/revoke")).isEmpty();
        assertThat(muster("login", "use", "b").err()).contains("There is no context 'b'", authority());
    }

    @Test
    void a_provider_that_the_service_does_not_know_or_that_is_not_safe_gets_nothing() {
        Told unknown = muster("login", service.url(), "--with", "evil");
        service.on("GET /sign-in/issuers", """
                {"items":[{"name":"corp","label":"Corp","issuer":"http://sso.example.com","clientId":"c","scopes":""}]}""");
        Told open = muster("login", service.url(), "--with", "corp");

        assertThat(List.of(unknown.exitCode(), open.exitCode())).containsOnly(ExitCode.BAD_INPUT);
        assertThat(unknown.err()).contains("by no 'evil'", "There is: corp");
        assertThat(open.err()).contains("http://sso.example.com is not https");
        assertThat(sentTo("/device")).isEmpty();
    }

    /** The endpoints are the provider's word, and may be anybody's. */
    @Test
    void a_token_is_asked_for_by_tls_only() {
        service.on("GET /.well-known/openid-configuration", """
                {"device_authorization_endpoint":"%s/device","token_endpoint":"http://sso.example.com/token"}""".formatted(service.url()));

        Told told = muster("login", service.url(), "--with", "corp");

        assertThat(told.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(told.err()).contains("http://sso.example.com/token is not https");
        assertThat(sentTo("/device")).isEmpty();
    }

    private void signIn() {
        Told told = muster("login", service.url(), "--with", "corp");
        assertThat(told.exitCode()).as(told.err()).isZero();
    }

    private Told typed(String text, String... arguments) {
        InputStream before = System.in;
        try {
            System.setIn(new ByteArrayInputStream((text + "\n").getBytes(StandardCharsets.UTF_8)));
            return muster(arguments);
        } finally {
            System.setIn(before);
        }
    }

    private Told muster(String... arguments) {
        return Told.by(
                Map.of(
                        "MUSTER_HOME",
                        home.toString(),
                        "MUSTER_CONFIG",
                        home.resolve("config").toString()),
                arguments);
    }

    private Path kept() {
        return home.resolve("config/contexts.json");
    }

    private String authority() {
        return service.url().substring("http://".length());
    }

    private List<String> authorizations(String path) {
        return service.asked().stream()
                .filter(asked -> asked.target().replaceFirst("[?].*", "").equals("/api/v1" + path))
                .map(FakeService.Asked::authorization)
                .toList();
    }

    private List<String> sentTo(String path) {
        return service.asked().stream()
                .filter(asked -> asked.target().equals(path))
                .map(FakeService.Asked::body)
                .toList();
    }
}
