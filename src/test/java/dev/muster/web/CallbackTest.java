package dev.muster.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.muster.callback.Callbacks;
import dev.muster.job.Job;
import dev.muster.job.JobMove;
import dev.muster.job.JobState;
import dev.muster.job.Outcome;
import dev.muster.postgres.JobStore;
import dev.muster.quota.name.JobId;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who wants to know of a job is told, signed, and again until he has heard it. */
@QuarkusTest
class CallbackTest {
    private record Heard(String body, String signature, String delivery) {}

    @Inject
    JobStore jobs;

    @Inject
    Callbacks callbacks;

    private final List<Heard> heard = new CopyOnWriteArrayList<>();
    private volatile int status = 200;
    private String team = "";
    private HttpServer listener;

    @BeforeEach
    void somebody_listens() throws IOException {
        team = Api.newTeam();
        listener = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        listener.createContext("/hook", call -> {
            heard.add(new Heard(
                    new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
                    call.getRequestHeaders().getFirst("Muster-Signature"),
                    call.getRequestHeaders().getFirst("Muster-Delivery")));
            call.sendResponseHeaders(status, -1);
            call.close();
        });
        listener.start();
    }

    @AfterEach
    void nobody_listens() {
        listener.stop(0);
    }

    @Test
    void the_end_of_a_job_is_told_and_signed_with_the_teams_key() throws Exception {
        String id = submitted("done", "");
        cancel(id);
        callbacks.look();
        await(() -> state(id, "DELIVERED"));

        Heard one = heard.get(0);
        assertThat(one.body()).contains("\"state\":\"CANCELLED\"", "\"name\":\"done\"", id);
        String key = Api.call().get("/api/v1/teams/{team}/callbackKey", team).path("key");
        String seconds = one.signature().substring(2, one.signature().indexOf(','));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
        String expected =
                HexFormat.of().formatHex(mac.doFinal((seconds + "." + one.body()).getBytes(StandardCharsets.UTF_8)));
        assertThat(one.signature()).isEqualTo("t=" + seconds + ",v1=" + expected);
    }

    @Test
    void who_does_not_take_it_is_told_again_later_and_why_it_failed_is_shown() {
        status = 503;
        String id = submitted("again", "");
        cancel(id);
        callbacks.look();
        await(() -> "it answered 503".equals(deliveries(id).path("items[0].lastError")));

        assertThat(state(id, "WAITING")).isTrue();
        assertThat(deliveries(id).<Integer>path("items[0].tries")).isEqualTo(1);
        assertThat(Instant.parse(deliveries(id).path("items[0].nextAt")))
                .isAfter(Instant.now().minusSeconds(60));
    }

    @Test
    void states_that_nobody_asked_for_are_not_told() {
        String id = submitted("quiet", ",'on':['FAILED']");
        cancel(id);
        assertThat(deliveries(id).<List<?>>path("items")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            {'url':'ftp://example.com/x'}                       | /spec/callbacks/0/url  | expected an address
            {'url':'https://user:pw@example.com/x'}             | /spec/callbacks/0/url  | without a user
            {'url':'not one'}                                   | /spec/callbacks/0/url  | expected an address
            {}                                                  | /spec/callbacks/0/url  | an address
            {'url':'https://example.com/x','on':['DONE']}       | /spec/callbacks/0/on/0 | SUCCEEDED
            {'url':'https://example.com/x','on':[]}             | /spec/callbacks/0/on   | states
            """)
    void what_is_no_address_is_refused_by_field(String callback, String pointer, String detail) {
        Response refused = Api.submit(team, job("bad", callback));
        assertThat(refused.statusCode()).as(refused.asString()).isEqualTo(422);
        assertThat(refused.<String>path("errors[0].pointer")).isEqualTo(pointer);
        assertThat(refused.<String>path("errors[0].detail")).contains(detail);
    }

    private void cancel(String id) {
        Job job = jobs.find(new JobId(id)).orElseThrow();
        Instant now = Instant.now();
        Job after = job.finished(JobState.CANCELLED, now, Outcome.of(Outcome.Result.CANCELLED));
        assertThat(jobs.move(new JobMove(job, after, now, "test", null))).isTrue();
    }

    private Response deliveries(String id) {
        return Api.call().get(Api.JOBS + "/" + id + "/callbacks", team);
    }

    private boolean state(String id, String expected) {
        return expected.equals(deliveries(id).path("items[0].state"));
    }

    private static void await(java.util.concurrent.Callable<Boolean> condition) {
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(condition);
    }

    private String submitted(String name, String more) {
        Response accepted = Api.submit(
                team,
                job(
                        name,
                        "{'url':'http://127.0.0.1:%d/hook'%s}"
                                .formatted(listener.getAddress().getPort(), more)));
        assertThat(accepted.statusCode()).as(accepted.asString()).isEqualTo(201);
        return accepted.path("metadata.id");
    }

    private static String job(String name, String callback) {
        return "{'metadata':{'name':'%s'},'spec':{'notBefore':'2150-01-01T00:00:00Z','callbacks':[%s],'roles':[{'name':'worker','resources':{'cpu':'1'}}]}}"
                .formatted(name, callback);
    }
}
