package dev.muster.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.muster.CommandProcess;
import dev.muster.ServiceProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** The packaged service trusts a real Keycloak: its tokens, its sign-in page, the command's device flow, signing out here and there. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledIfEnvironmentVariable(
        named = "MUSTER_TEST_KEYCLOAK",
        matches = ".+",
        disabledReason = "needs Keycloak: ./muster test --keycloak")
class KeycloakIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Map<String, String> ANA = Map.of("username", "ana", "password", KeycloakRealm.PASSWORD);

    private KeycloakProcess keycloak;
    private ServiceProcess service;

    @BeforeAll
    void start() throws IOException, InterruptedException {
        keycloak = new KeycloakProcess(Path.of(System.getenv("MUSTER_TEST_KEYCLOAK")));
        service = ServiceProcess.create()
                .with("muster.access.issuers.keycloak.url", keycloak.realm("people"))
                .with("muster.access.issuers.keycloak.client-id", "muster-pages")
                .with("muster.access.issuers.keycloak.secret", "of the pages")
                .with("muster.access.issuers.keycloak.command-client-id", "muster-command")
                .with("muster.access.issuers.keycloak.duties", "/audit=auditor *,/dev=submitter team/vision")
                .start();
        keycloak.awaitStart();
        String here = service.url().toString().replaceAll("/+$", "");
        keycloak.make(KeycloakRealm.json("people", here));
        keycloak.make(KeycloakRealm.json("others", here));
        for (String name : new String[] {"vision", "speech"}) {
            service.send("PUT", "/api/v1/queues/" + name, "{\"spec\":{}}");
            service.send("PUT", "/api/v1/teams/" + name, "{\"spec\":{\"queue\":\"%s\"}}".formatted(name));
        }
    }

    @AfterAll
    void stop() {
        service.close();
        keycloak.close();
    }

    @Test
    void somebody_signs_in_to_the_pages_and_out_of_both() throws IOException, InterruptedException {
        LoopbackBrowser browser = new LoopbackBrowser();
        signIn(browser);

        assertThat(browser.get(at("/ui")).statusCode()).isEqualTo(200);
        assertThat(browser.get(at("/api/v1/whoami")).body()).contains("\"ana\"", "\"AUDITOR\"", "\"SUBMITTER\"");
        HttpResponse<String> out = browser.post(at("/sign-out"), Map.of());
        assertThat(browser.goOn(out).uri().getPath()).isEqualTo("/sign-in");
        assertThat(browser.get(at("/api/v1/whoami")).statusCode()).isEqualTo(401);
        // Keycloak, too, has forgotten them: it asks for the password again.
        assertThat(browser.get(at("/sign-in/with/keycloak")).body()).contains("name=\"password\"");
    }

    @Test
    void who_is_signed_out_there_is_signed_out_here() throws IOException, InterruptedException {
        LoopbackBrowser browser = new LoopbackBrowser();
        signIn(browser);
        assertThat(browser.get(at("/api/v1/whoami")).statusCode()).isEqualTo(200);

        keycloak.signOut("people", "ana");

        await().atMost(PATIENCE).until(() -> browser.get(at("/api/v1/whoami")).statusCode() == 401);
        assertThat(browser.get(at("/ui")).statusCode()).isEqualTo(401);
        assertThat(service.get("/api/v1/audit").body()).contains("signed out at keycloak");
    }

    @Test
    void groups_give_what_the_settings_say_and_nothing_else() throws IOException, InterruptedException {
        String ana = keycloak.token("people", "direct", "ana");
        String bo = keycloak.token("people", "direct", "bo");
        String cy = keycloak.token("people", "direct", "cy");

        assertThat(call(ana, "/api/v1/audit").statusCode()).isEqualTo(200);
        assertThat(call(ana, "/api/v1/teams/speech").statusCode()).isEqualTo(200);
        assertThat(call(bo, "/api/v1/audit").statusCode()).isEqualTo(403);
        assertThat(call(bo, "/api/v1/teams/vision").statusCode()).isEqualTo(200);
        assertThat(call(bo, "/api/v1/teams/speech").statusCode()).isEqualTo(404);
        assertThat(call(cy, "/api/v1/whoami").body()).contains("cy holds no duty yet");
        assertThat(call(cy, "/api/v1/pools").statusCode()).isEqualTo(403);
        assertThat(call(cy, "/api/v1/teams/vision").statusCode()).isEqualTo(404);
    }

    @Test
    void a_token_of_another_realm_for_another_service_or_that_is_over_is_refused_and_told_why()
            throws IOException, InterruptedException {
        String expiring = keycloak.token("people", "short-lived", "ana");
        assertThat(call(expiring, "/api/v1/audit").statusCode()).isEqualTo(200);

        refused(keycloak.token("others", "direct", "ana"), "whom this installation does not trust");
        refused(keycloak.token("people", "another-service", "ana"), "expected the audience muster");
        await().atMost(PATIENCE).until(() -> call(expiring, "/api/v1/audit").statusCode() == 401);
        refused(expiring, "has expired");
    }

    @Test
    void the_command_signs_in_by_the_device_flow_and_goes_on_until_it_is_signed_out(@TempDir Path home)
            throws IOException, InterruptedException {
        assumeTrue(CommandProcess.isBuilt(), "the command is not packaged: ./muster test --keycloak packages it");
        CommandProcess command = new CommandProcess(home);
        LoopbackBrowser browser = new LoopbackBrowser();
        CommandProcess.Running login = command.start("login", service.url().toString(), "--with", "keycloak");
        String address = login.awaitLine("Open (\\S+) and type in the code [A-Z-]+");
        HttpResponse<String> consent = browser.fillIn(browser.get(URI.create(address)), ANA);
        browser.fillIn(consent, Map.of("accept", "Yes"));
        assertThat(login.exitCode()).as(login.said()).isZero();
        assertThat(login.said()).contains("as ana");

        String first = Files.readString(home.resolve("contexts.json"));
        // Tokens of this client are so short that each call begins by renewing one.
        CommandProcess.Running audit = command.start("audit");
        assertThat(audit.exitCode()).as(audit.said()).isZero();
        assertThat(Files.readString(home.resolve("contexts.json"))).isNotEqualTo(first);

        keycloak.signOut("people", "ana");
        CommandProcess.Running over = command.start("audit");
        assertThat(over.exitCode()).isEqualTo(3);
        assertThat(over.said()).contains("You are not signed in any more");
    }

    private void signIn(LoopbackBrowser browser) throws IOException, InterruptedException {
        HttpResponse<String> welcome = browser.fillIn(browser.get(at("/sign-in/with/keycloak")), ANA);
        assertThat(welcome.statusCode()).as(welcome.body()).isEqualTo(200);
    }

    private void refused(String token, String why) throws IOException, InterruptedException {
        HttpResponse<String> answer = call(token, "/api/v1/audit");
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains(why);
    }

    private URI at(String path) {
        return service.url().resolve(path);
    }

    private HttpResponse<String> call(String token, String path) throws IOException, InterruptedException {
        return service.send(HttpRequest.newBuilder(at(path))
                .header("Authorization", "Bearer " + token)
                .build());
    }
}
