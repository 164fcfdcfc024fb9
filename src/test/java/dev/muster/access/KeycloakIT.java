package dev.muster.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.ServiceProcess;
import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** The packaged service trusts a real Keycloak: its tokens, its sign-in page, its device flow, its sign-out. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledIfEnvironmentVariable(
        named = "MUSTER_TEST_KEYCLOAK",
        matches = ".+",
        disabledReason = "needs Keycloak: ./muster test --keycloak")
class KeycloakIT {
    private static final String PASSWORD = "four words are enough";
    private static final Pattern FORM = Pattern.compile("<form[^>]* action=\"([^\"]+)\"");

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
        keycloak.make(Realm.json(service.url().toString()));
    }

    @AfterAll
    void stop() {
        service.close();
        keycloak.close();
    }

    @Test
    void somebody_signs_in_to_the_pages_and_out_of_both() throws IOException, InterruptedException {
        HttpClient browser = browser();
        signInAt(browser, get(browser, service.url().resolve("/sign-in/with/keycloak")));

        assertThat(get(browser, service.url().resolve("/ui")).statusCode()).isEqualTo(200);
        assertThat(get(browser, service.url().resolve("/api/v1/whoami")).body()).contains("\"ana\"");
        HttpResponse<String> out = browser.send(
                HttpRequest.newBuilder(service.url().resolve("/sign-out"))
                        .header("Origin", service.url().toString().replaceAll("/+$", ""))
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        Matcher there = Pattern.compile("url=([^\"]+)\"").matcher(out.body());
        assertThat(there.find()).as(out.body()).isTrue();
        assertThat(get(browser, URI.create(unescaped(there.group(1)))).uri().getPath())
                .isEqualTo("/sign-in");
        assertThat(get(browser, service.url().resolve("/api/v1/whoami")).statusCode())
                .isEqualTo(401);
        // Keycloak, too, has forgotten them: it asks for the password again.
        assertThat(get(browser, service.url().resolve("/sign-in/with/keycloak")).body())
                .contains("name=\"password\"");
    }

    @Test
    void a_token_of_the_device_flow_is_good_until_it_is_meant_for_others() throws IOException, InterruptedException {
        HttpClient browser = browser();
        String tokens = keycloak.realm("people") + "/protocol/openid-connect/token";
        JsonNode device = json(post(
                browser,
                keycloak.realm("people") + "/protocol/openid-connect/auth/device",
                Map.of("client_id", "muster-command", "scope", "openid")));
        HttpResponse<String> consent = signInAt(
                browser,
                get(browser, URI.create(device.path("verification_uri_complete").asText())));
        post(browser, action(consent), Map.of("accept", "Yes"));
        String token = await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofSeconds(5))
                .until(
                        () -> json(post(
                                        browser,
                                        tokens,
                                        Map.of(
                                                "grant_type",
                                                "urn:ietf:params:oauth:grant-type:device_code",
                                                "client_id",
                                                "muster-command",
                                                "device_code",
                                                device.path("device_code").asText())))
                                .path("access_token")
                                .asText(),
                        text -> !text.isEmpty());
        String other = json(post(
                        browser,
                        tokens,
                        Map.of(
                                "grant_type",
                                "password",
                                "client_id",
                                "another-service",
                                "username",
                                "ana",
                                "password",
                                PASSWORD)))
                .path("access_token")
                .asText();

        assertThat(whoami(token).body()).contains("\"ana\"");
        assertThat(call(token, "/api/v1/audit").statusCode()).isEqualTo(200);
        assertThat(call(token, "/api/v1/accounts").statusCode()).isEqualTo(200);
        assertThat(call(token, "/api/v1/clock").statusCode()).isEqualTo(200);
        assertThat(whoami(other).statusCode()).isEqualTo(401);
        assertThat(whoami(other).body()).contains("is meant for others");
    }

    /** Fills in Keycloak's form; the answer is what comes after it. */
    private static HttpResponse<String> signInAt(HttpClient browser, HttpResponse<String> page)
            throws IOException, InterruptedException {
        return post(browser, action(page), Map.of("username", "ana", "password", PASSWORD));
    }

    private static String action(HttpResponse<String> page) {
        Matcher form = FORM.matcher(page.body());
        assertThat(form.find()).as(page.uri() + "\n" + page.body()).isTrue();
        return page.uri().resolve(unescaped(form.group(1))).toString();
    }

    private static String unescaped(String text) {
        return text.replace("&amp;", "&").replace("&#39;", "'").replace("&quot;", "\"");
    }

    private static HttpClient browser() {
        return HttpClient.newBuilder()
                .cookieHandler(new OnLoopback())
                .followRedirects(HttpClient.Redirect.ALWAYS)
                .build();
    }

    private HttpResponse<String> whoami(String token) throws IOException, InterruptedException {
        return call(token, "/api/v1/whoami");
    }

    private HttpResponse<String> call(String token, String path) throws IOException, InterruptedException {
        return service.send(HttpRequest.newBuilder(service.url().resolve(path))
                .header("Authorization", "Bearer " + token)
                .build());
    }

    private static HttpResponse<String> get(HttpClient browser, URI address) throws IOException, InterruptedException {
        return browser.send(
                HttpRequest.newBuilder(address)
                        .header("Accept", "text/html, */*")
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> post(HttpClient browser, String address, Map<String, String> fields)
            throws IOException, InterruptedException {
        String form = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return browser.send(
                HttpRequest.newBuilder(URI.create(address))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> answer) throws IOException {
        return new ObjectMapper().readTree(answer.body());
    }

    /** As browsers do, takes the loopback address for as good as TLS: Keycloak says there, too, that cookies go by TLS only. */
    private static final class OnLoopback extends CookieManager {
        private OnLoopback() {
            super(null, CookiePolicy.ACCEPT_ALL);
        }

        @Override
        public void put(URI from, Map<String, List<String>> headers) throws IOException {
            Map<String, List<String>> open = new HashMap<>(headers);
            open.computeIfPresent("set-cookie", (name, cookies) -> cookies.stream()
                    .map(cookie -> cookie.replaceAll("(?i); *secure", ""))
                    .toList());
            super.put(from, open);
        }
    }

    /** What the test needs in Keycloak. */
    private static final class Realm {
        private static final String GROUPS =
                "{'name':'groups','protocol':'openid-connect','protocolMapper':'oidc-group-membership-mapper',"
                        + "'config':{'claim.name':'groups','full.path':'true','id.token.claim':'true','access.token.claim':'true'}}";
        private static final String AUDIENCE =
                "{'name':'audience','protocol':'openid-connect','protocolMapper':'oidc-audience-mapper',"
                        + "'config':{'included.custom.audience':'muster','access.token.claim':'true'}}";

        private Realm() {}

        static String json(String service) {
            return ("""
                    {'realm':'people','enabled':true,'sslRequired':'none','groups':[{'name':'dev'},{'name':'audit'}],
                     'users':[{'username':'ana','enabled':true,'email':'ana@example.com','emailVerified':true,'firstName':'Ana',
                       'lastName':'Lim','credentials':[{'type':'password','value':'%s'}],'groups':['/dev','/audit']}],
                     'clients':[
                       {'clientId':'muster-pages','secret':'of the pages','redirectUris':['%s*'],
                        'attributes':{'post.logout.redirect.uris':'+','pkce.code.challenge.method':'S256'},'protocolMappers':[%s]},
                       {'clientId':'muster-command','publicClient':true,'standardFlowEnabled':false,
                        'attributes':{'oauth2.device.authorization.grant.enabled':'true'},'protocolMappers':[%s,%s]},
                       {'clientId':'another-service','publicClient':true,'directAccessGrantsEnabled':true}]}
                    """.formatted(PASSWORD, service.replaceAll("/*$", "/"), GROUPS, GROUPS, AUDIENCE))
                    .replace('\'', '"');
        }
    }
}
