package dev.muster.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.artifact.Handouts;
import dev.muster.artifact.Sweeping;
import dev.muster.cluster.Download;
import dev.muster.job.Attempt;
import dev.muster.job.AttemptMove;
import dev.muster.job.Job;
import dev.muster.job.JobMove;
import dev.muster.job.JobState;
import dev.muster.job.Outcome;
import dev.muster.postgres.ArtifactStore;
import dev.muster.postgres.AttemptStore;
import dev.muster.postgres.JobStore;
import dev.muster.postgres.Leadership;
import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.name.TeamName;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A job with the files that it brings along: taken whole or not at all, handed to its pods only, kept while it is needed. */
@QuarkusTest
class RunTest {
    private static final String ARTIFACTS = "/api/v1/teams/{team}/artifacts";
    private static final String RUNS = "/api/v1/teams/{team}/runs";
    private static final byte[] JAR = "not really a jar".getBytes(StandardCharsets.UTF_8);

    @Inject
    ArtifactStore store;

    @Inject
    JobStore jobs;

    @Inject
    AttemptStore attempts;

    @Inject
    Sweeping sweeping;

    @Inject
    Leadership leadership;

    @Inject
    Handouts handouts;

    private final Path data = Path.of(ConfigProvider.getConfig().getValue("muster.data", String.class));
    private String team = "";

    @BeforeEach
    void a_team() {
        team = Api.newTeam();
    }

    @Test
    void a_run_is_taken_with_its_file_and_names_it_by_its_content() {
        Response accepted = run("""
                {"metadata":{"name":"adhoc"},"spec":{"notBefore":"2150-01-01T00:00:00Z",
                 "roles":[{"name":"main","command":["cat"],"resources":{"cpu":"1"}}]}}""", "app.jar", JAR);

        assertThat(accepted.statusCode()).as(accepted.asString()).isEqualTo(201);
        assertThat(accepted.<String>path("spec.artifacts[0].name")).isEqualTo("app.jar");
        assertThat(accepted.<String>path("spec.artifacts[0].sha256")).isEqualTo(hash(JAR));
        assertThat(accepted.header("Location")).endsWith(accepted.<String>path("metadata.id"));
        Response listed = Api.call().get(ARTIFACTS, team);
        assertThat(listed.<List<String>>path("items.sha256")).containsExactly(hash(JAR));
        assertThat(listed.<Integer>path("items[0].bytes")).isEqualTo(JAR.length);
    }

    @Test
    void what_was_sent_once_is_named_by_other_jobs_and_not_sent_again() {
        assertThat(put(JAR, hash(JAR)).statusCode()).isEqualTo(201);
        assertThat(put(JAR, hash(JAR)).statusCode()).isEqualTo(200);

        Response accepted = Api.submit(team, job("named", hash(JAR)));

        assertThat(accepted.statusCode()).as(accepted.asString()).isEqualTo(201);
        assertThat(Api.submit(Api.newTeam(), job("foreign", hash(JAR))).<String>path("errors[0].pointer"))
                .as("another team has not got it")
                .isEqualTo("/spec/artifacts/0/sha256");
    }

    @Test
    void a_file_that_is_another_one_than_was_said_is_refused_and_not_kept() {
        Response put = put(JAR, "0".repeat(64));
        assertThat(put.statusCode()).isEqualTo(422);
        assertThat(put.<String>path("detail")).contains(hash(JAR));

        Response run = run(Api.quoted(job("other", "0".repeat(64))), "app.jar", JAR);
        assertThat(run.statusCode()).isEqualTo(422);
        assertThat(run.<String>path("errors[0].pointer")).isEqualTo("/artifact/0");
        nothing_is_left();
    }

    @Test
    void a_run_that_is_refused_leaves_its_file_behind_as_little_as_one_that_was_only_tried() {
        Response refused = run(
                "{\"metadata\":{\"name\":\"adhoc\"},\"spec\":{\"queue\":\"nowhere\",\"roles\":[{\"name\":\"main\",\"resources\":{\"cpu\":\"1\"}}]}}",
                "app.jar",
                JAR);
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.<String>path("errors[0].pointer")).isEqualTo("/spec/queue");

        Response tried = multipart("app.jar", JAR)
                .multiPart("job", Api.quoted(job("tried", null)))
                .post(RUNS + "?validateOnly=true", team);
        assertThat(tried.statusCode()).as(tried.asString()).isEqualTo(200);
        assertThat(tried.<String>path("spec.artifacts[0].sha256")).isEqualTo(hash(JAR));
        nothing_is_left();
    }

    @Test
    void who_pays_is_said_by_the_job_and_refused_where_it_is_no_word() {
        Response accepted = Api.submit(team, job("paid", null).replace("'spec':{", "'spec':{'costCentre':'4711/ads',"));
        assertThat(accepted.<String>path("spec.costCentre")).isEqualTo("4711/ads");
        Response refused = Api.submit(team, job("paid", null).replace("'spec':{", "'spec':{'costCentre':'a b',"));
        assertThat(refused.<String>path("errors[0].pointer")).isEqualTo("/spec/costCentre");
    }

    @Test
    void parts_and_names_that_mean_nothing_are_refused() {
        assertThat(run(Api.quoted(job("bad", null)), "../etc/passwd", JAR).<String>path("errors[0].pointer"))
                .isEqualTo("/artifact/0/filename");
        Response strange = given().header("Authorization", "Bearer " + Api.token())
                .multiPart("job", Api.quoted(job("bad", null)))
                .multiPart("jar", "app.jar", JAR)
                .post(RUNS, team);
        assertThat(strange.<String>path("errors[0].pointer")).isEqualTo("/jar");
        assertThat(multipart("app.jar", JAR).post(RUNS, team).<String>path("errors[0].pointer"))
                .isEqualTo("/job");
        assertThat(put(JAR, "nonsense").statusCode()).isEqualTo(400);
        nothing_is_left();
    }

    @Test
    void the_same_run_sent_twice_with_a_key_is_one_job() {
        Response first = keyed("key-" + team, JAR);
        Response second = keyed("key-" + team, JAR);
        Response other = keyed("key-" + team, "changed".getBytes(StandardCharsets.UTF_8));

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(second.<String>path("metadata.id")).isEqualTo(first.path("metadata.id"));
        assertThat(other.<String>path("code")).isEqualTo("IDEMPOTENCY_KEY_REUSED");
        assertThat(Api.count(team)).isEqualTo(1);
        assertThat(store.find(new TeamName(team), hash("changed".getBytes(StandardCharsets.UTF_8))))
                .isEmpty();
    }

    @Test
    void more_than_one_may_be_or_a_team_may_keep_is_refused() {
        byte[] large = new byte[1_500_000];
        Response refused = put(large, hash(large));
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.<String>path("detail")).contains("muster.artifacts.most-bytes");

        byte[] half = new byte[900_000];
        assertThat(put(half, hash(half)).statusCode()).isEqualTo(201);
        half[0] = 1;
        assertThat(put(half, hash(half)).statusCode()).isEqualTo(201);
        half[0] = 2;
        Response full = put(half, hash(half));
        assertThat(full.statusCode()).isEqualTo(422);
        assertThat(full.<String>path("detail")).contains("muster.artifacts.team-bytes");
        assertThat(store.bytes(new TeamName(team))).isEqualTo(1_800_000);
    }

    @Test
    void an_upload_that_is_cut_off_leaves_nothing_behind() throws IOException {
        URI service = URI.create(io.restassured.RestAssured.baseURI + ":" + io.restassured.RestAssured.port);
        try (Socket socket = new Socket(service.getHost(), service.getPort())) {
            socket.getOutputStream().write("""
                    PUT /api/v1/teams/%s/artifacts/%s?name=app.jar HTTP/1.1
                    Host: localhost:%d
                    Authorization: Bearer %s
                    Content-Type: application/octet-stream
                    Content-Length: 1000

                    half""".formatted(team, hash(JAR), service.getPort(), Api.token())
                    .replace("\n", "\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> uploads() > 0);
        }
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> uploads() == 0);
        nothing_is_left();
    }

    @Test
    void only_pods_of_an_attempt_that_lives_are_handed_the_file() throws Exception {
        put(JAR, hash(JAR));
        Job job = accepted("handed");
        AttemptId attempt = launched(job);
        URI there = URI.create(handouts.download(attempt, Download.wanted("app.jar", hash(JAR)))
                .url());

        Response given = given().get(there.getPath());
        assertThat(given.statusCode()).isEqualTo(200);
        assertThat(given.asByteArray()).isEqualTo(JAR);
        assertThat(given().get(there.getPath().replace("app.jar", "other.jar")).statusCode())
                .isEqualTo(404);
        assertThat(given().get(there.getPath().replace(attempt.toString(), attempt.job() + "-2"))
                        .statusCode())
                .isEqualTo(404);

        ended(jobs.find(job.id()).orElseThrow());
        attemptEnded(attempt);
        assertThat(given().get(there.getPath()).statusCode()).isEqualTo(404);
    }

    @Test
    void a_result_that_a_pod_hands_back_is_shown_with_its_job() {
        Job job = jobs.find(new JobId(Api.submit(team, job("result", null))
                        .then()
                        .statusCode(201)
                        .extract()
                        .path("metadata.id")))
                .orElseThrow();
        AttemptId attempt = launched(job);
        String file =
                handouts.download(attempt, Download.wanted("x", hash(JAR))).url();
        String there = URI.create(file.substring(0, file.lastIndexOf('/'))).getPath();

        assertThat(given().body("{\"rows\": 3}".getBytes(StandardCharsets.UTF_8))
                        .contentType("application/octet-stream")
                        .post(there)
                        .statusCode())
                .isEqualTo(204);
        assertThat(shown(job)).isEqualTo("{\"rows\": 3}");
        assertThat(posted(there, new byte[65_537])).isEqualTo(413);
        assertThat(posted(there, new byte[] {'a', (byte) 0xff})).isEqualTo(422);
        assertThat(posted(there, new byte[] {0})).isEqualTo(422);
        assertThat(posted(there.substring(0, there.length() - 1) + "x", JAR)).isEqualTo(404);
        assertThat(shown(job)).isEqualTo("{\"rows\": 3}");

        ended(jobs.find(job.id()).orElseThrow());
        attemptEnded(attempt);
        assertThat(posted(there, JAR)).isEqualTo(404);
    }

    private static int posted(String path, byte[] body) {
        return given().contentType("application/octet-stream")
                .body(body)
                .post(path)
                .statusCode();
    }

    private String shown(Job job) {
        return Api.call().get(Api.JOBS + "/" + job.id(), team).path("status.result");
    }

    @Test
    void an_artifact_stays_as_long_as_a_job_needs_it_and_goes_when_nobody_has_used_it_for_long() {
        put(JAR, hash(JAR));
        Job job = accepted("needs-it");

        Response refused = delete();
        assertThat(refused.<String>path("code")).isEqualTo("IN_USE");
        assertThat(refused.<String>path("detail")).contains(job.id().value());
        sweep(Duration.ZERO);
        assertThat(store.find(new TeamName(team), hash(JAR))).isPresent();

        ended(job);
        sweep(Duration.ofHours(1));
        assertThat(store.find(new TeamName(team), hash(JAR)))
                .as("ended a moment ago")
                .isPresent();
        assertThat(Api.call()
                        .post(
                                "/api/v1/teams/{team}/jobs/{id}:rerun",
                                team,
                                job.id().value())
                        .statusCode())
                .isEqualTo(201);
        List<String> all = Api.call().get(Api.JOBS, team).path("items.metadata.id");
        all.forEach(id -> ended(jobs.find(new JobId(id)).orElseThrow()));
        sweep(Duration.ofSeconds(-5));
        assertThat(store.find(new TeamName(team), hash(JAR))).isEmpty();
        assertThat(Api.call()
                        .post(
                                "/api/v1/teams/{team}/jobs/{id}:rerun",
                                team,
                                job.id().value())
                        .<String>path("errors[0].pointer"))
                .isEqualTo("/spec/artifacts/0/sha256");
        assertThat(delete().statusCode()).isEqualTo(404);
    }

    private static String job(String name, @org.jspecify.annotations.Nullable String sha256) {
        String files = sha256 == null ? "" : "'artifacts':[{'name':'app.jar','sha256':'%s'}],".formatted(sha256);
        return "{'metadata':{'name':'%s'},'spec':{'notBefore':'2150-01-01T00:00:00Z',%s'roles':[{'name':'worker','resources':{'cpu':'1'}}]}}"
                .formatted(name, files);
    }

    private Job accepted(String name) {
        String id = Api.submit(team, job(name, hash(JAR)))
                .then()
                .statusCode(201)
                .extract()
                .path("metadata.id");
        return jobs.find(new JobId(id)).orElseThrow();
    }

    private Response run(String job, String name, byte[] file) {
        return multipart(name, file).multiPart("job", job).post(RUNS, team);
    }

    private Response keyed(String key, byte[] file) {
        return multipart("app.jar", file)
                .header("Idempotency-Key", key)
                .multiPart("job", Api.quoted(job("keyed", null)))
                .post(RUNS, team);
    }

    private static RequestSpecification multipart(String name, byte[] file) {
        return given().header("Authorization", "Bearer " + Api.token()).multiPart("artifact", name, file);
    }

    private Response put(byte[] content, String sha256) {
        return given().header("Authorization", "Bearer " + Api.token())
                .contentType("application/octet-stream")
                .body(content)
                .put(ARTIFACTS + "/{sha256}?name=app.jar", team, sha256);
    }

    private Response delete() {
        return Api.call().delete(ARTIFACTS + "/{sha256}", team, hash(JAR));
    }

    private void nothing_is_left() {
        assertThat(store.list(new TeamName(team), null, 10)).isEmpty();
        assertThat(uploads()).isZero();
    }

    private long uploads() {
        try (Stream<Path> files = Files.list(data.resolve("uploads"))) {
            return files.count();
        } catch (IOException e) {
            return 0;
        }
    }

    private void sweep(Duration unused) {
        sweeping.look(leadership.takeOver("the test", Duration.ofHours(1)), unused);
    }

    /** As the cycle would have it. */
    private AttemptId launched(Job job) {
        Job launching = job.launching();
        Instant now = Instant.now();
        move(job, launching, now);
        AttemptId id = launching.newestAttempt().orElseThrow();
        Attempt attempt = Attempt.launching(
                id, Map.of(new RoleName("worker"), Map.of(new PoolName("shared"), 1)), now, now.plusSeconds(600));
        QuarkusTransaction.requiringNew().run(() -> attempts.insert(List.of(attempt)));
        return id;
    }

    private void attemptEnded(AttemptId id) {
        Job job = jobs.find(id.job()).orElseThrow();
        Attempt before = attempts.find(id).orElseThrow();
        Attempt releasing = before.releasing(Outcome.of(Outcome.Result.CANCELLED), List.of());
        QuarkusTransaction.requiringNew().run(() -> assertThat(
                        attempts.move(new AttemptMove(job, before, releasing, Instant.now(), "test", null)))
                .isTrue());
        QuarkusTransaction.requiringNew().run(() -> assertThat(attempts.move(
                        new AttemptMove(job, releasing, releasing.ended(Instant.now()), Instant.now(), "test", null)))
                .isTrue());
    }

    private void ended(Job job) {
        if (job.state().isFinal()) {
            return;
        }
        Instant now = Instant.now();
        Job before = job;
        if (job.state() == JobState.LAUNCHING) {
            before = job.to(JobState.CANCELLING);
            move(job, before, now);
        }
        move(before, before.finished(JobState.CANCELLED, now, Outcome.of(Outcome.Result.CANCELLED)), now);
    }

    private void move(Job before, Job after, Instant now) {
        assertThat(jobs.move(new JobMove(before, after, now, "test", null))).isTrue();
    }

    private static String hash(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
