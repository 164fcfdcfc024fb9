package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MusterTest {
    private static final String ID = "01jd0000000000000000000000";
    private static final String JOB = """
            {"kind":"Job","metadata":{"name":"train","team":"vision","id":"%s"},
             "spec":{"queue":"q","roles":[{"name":"worker","count":4,"resources":{"cpu":"2"}}]},
             "status":{"state":"%s","submittedAt":"2026-11-21T09:00:00Z",
              "reason":{"code":"NODES_FULL","message":"needs 4 × (cpu 2); pool a fits 3"}}}""";

    @TempDir
    private Path directory;

    private FakeService service;

    @BeforeEach
    void start() throws IOException {
        service = new FakeService();
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private Told muster(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(1, List.of("--server", service.url()));
        return Told.by(Map.of("MUSTER_HOME", directory.toString()), all.toArray(String[]::new));
    }

    private static String job(String state) {
        return JOB.formatted(ID, state);
    }

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("f.yaml"), text);
    }

    @Test
    void a_wrong_command_line_is_2_and_a_typing_error_gets_a_suggestion() {
        Told typing = Told.by(Map.of(), "qeues");
        Told option = Told.by(Map.of(), "jobs", "--no-such");
        Told state = muster("jobs", "--state", "RUNING");

        assertThat(List.of(typing.exitCode(), option.exitCode(), state.exitCode()))
                .containsOnly(2);
        assertThat(typing.err()).contains("queues");
        assertThat(option.err()).contains("muster jobs --help");
        assertThat(state.err()).contains("RUNNING");
    }

    @Test
    void a_bare_command_shows_what_there_is() {
        Told bare = Told.by(Map.of());

        assertThat(bare.exitCode()).isEqualTo(2);
        assertThat(bare.out() + bare.err()).contains("apply", "replay", "Examples:");
    }

    @Test
    void every_verb_has_help_with_an_example() {
        for (String verb : Told.verbs()) {
            Told help = Told.by(Map.of(), verb, "--help");

            assertThat(help.exitCode()).as(verb).isZero();
            assertThat(help.out()).as(verb).contains("Usage: muster " + verb, "Examples:", "muster " + verb);
        }
    }

    @Test
    void every_verb_is_on_the_page() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "cli.md"));

        assertThat(Told.verbs()).allSatisfy(verb -> assertThat(page).containsPattern("`" + verb + "[` ]"));
    }

    @Test
    void no_service_is_4_with_the_way_to_one() {
        Told none = Told.by(Map.of("MUSTER_HOME", directory.toString()), "jobs");
        Told gone = Told.by(Map.of(), "jobs", "--server", "http://127.0.0.1:1");

        assertThat(none.exitCode()).isEqualTo(4);
        assertThat(none.err()).contains("service.json", "./muster demo");
        assertThat(gone.exitCode()).isEqualTo(4);
        assertThat(gone.err()).contains("nobody listens there");
    }

    @Test
    void a_refusal_is_3_with_fields_and_hints() throws IOException {
        service.on(
                "POST /teams/vision/jobs",
                asked -> FakeService.problem(
                        422,
                        "VALIDATION",
                        ",\"detail\":\"The job is wrong\",\"errors\":[{\"pointer\":\"/spec/queue\",\"code\":\"UNKNOWN_REFERENCE\",\"detail\":\"there is no queue 'x'\"}],\"hints\":[\"create it\"]"));

        Told told = muster("submit", "--team", "vision", "-f", file("""
                kind: Job
                metadata: {name: a}
                spec: {queue: x, roles: [{name: w, resources: {cpu: 1}}]}
                """).toString());

        assertThat(told.exitCode()).isEqualTo(3);
        assertThat(told.err())
                .contains("f.yaml:1:1 (job/a)", "VALIDATION", "/spec/queue: there is no queue 'x'", "→ create it");
    }

    @Test
    void a_service_that_is_away_for_a_moment_is_4() {
        service.on(
                "GET /queues", asked -> FakeService.problem(503, "DATABASE_UNAVAILABLE", ",\"retryAfterSeconds\":0"));

        assertThat(muster("queues").exitCode()).isEqualTo(4);
    }

    @Test
    void resources_are_applied_in_the_order_in_which_they_need_each_other() throws IOException {
        service.on("POST /teams/t/jobs", asked -> new FakeService.Answer(201, "application/json", job("QUEUED")));
        for (String path : List.of("/queues/child", "/queues/parent", "/teams/t", "/pools/p", "/priorityClasses/c")) {
            String kind = path.split("/")[1];
            service.on("PUT " + path, asked -> new FakeService.Answer(200, "application/json", asked.body()));
            assertThat(kind).isNotEmpty();
        }

        Told told = muster("apply", "-f", file("""
                kind: Job
                metadata: {name: a, team: t}
                spec: {roles: [{name: w, resources: {cpu: 1}}]}
                ---
                kind: Team
                metadata: {name: t}
                spec: {queue: child}
                ---
                kind: Queue
                metadata: {name: child}
                spec: {parent: parent}
                ---
                kind: Queue
                metadata: {name: parent}
                spec: {}
                ---
                kind: Pool
                metadata: {name: p}
                spec: {nodes: 1, resources: {cpu: 1}}
                ---
                kind: PriorityClass
                metadata: {name: c}
                spec: {value: 1}
                """).toString());

        assertThat(told.err()).isEmpty();
        assertThat(told.exitCode()).isZero();
        assertThat(service.asked().stream()
                        .filter(asked -> !asked.method().equals("GET"))
                        .map(asked -> asked.method() + " " + asked.target().replace("/api/v1", "")))
                .containsExactly(
                        // Its name first, as a queue may name it; all of it when its queue is there.
                        "PUT /teams/t",
                        "PUT /priorityClasses/c",
                        "PUT /pools/p",
                        "PUT /queues/parent",
                        "PUT /queues/child",
                        "PUT /teams/t",
                        "POST /teams/t/jobs");
    }

    @Test
    void a_wrong_file_sends_nothing_at_all() throws IOException {
        Told told = muster(
                "apply",
                "-f",
                file("kind: Queue\nmetadata: {name: a}\nspec: {}\n---\nkind: Qeue\n")
                        .toString());

        assertThat(told.exitCode()).isEqualTo(2);
        assertThat(service.asked()).isEmpty();
    }

    @Test
    void a_job_is_found_by_its_name_or_the_beginning_of_its_id() {
        service.on(
                "GET /teams/-/jobs",
                asked -> new FakeService.Answer(
                        200,
                        "application/json",
                        "{\"items\":[%s]}".formatted(asked.target().contains("name%3D01jd") ? "" : job("QUEUED"))));
        service.on("POST /teams/vision/jobs/" + ID + ":cancel", job("CANCELLED"));

        assertThat(muster("cancel", "train").out()).isEqualTo("job/train " + ID + " CANCELLED\n");
        assertThat(muster("cancel", "01JD00").out()).isEqualTo("job/train " + ID + " CANCELLED\n");
    }

    @Test
    void work_of_a_running_job_is_told_to_be_saved() {
        service.on("GET /teams/-/jobs", "{\"items\":[%s]}".formatted(job("RUNNING")));
        service.on("POST /teams/vision/jobs/" + ID + ":checkpoint", job("RUNNING"));

        Told told = muster("checkpoint", "train");

        assertThat(told.exitCode()).isZero();
        assertThat(told.out()).isEqualTo("job/train " + ID + " RUNNING\n");
        assertThat(service.asked().stream().filter(asked -> asked.method().equals("POST")))
                .singleElement()
                .satisfies(asked -> assertThat(asked.target()).endsWith("/teams/vision/jobs/" + ID + ":checkpoint"));
        assertThat(muster("checkpoint", "-o", "json", "train").out()).contains("\"state\" : \"RUNNING\"");
    }

    @Test
    void work_of_a_job_that_does_not_run_is_not_saved_and_none_is_named_says_so() {
        service.on("GET /teams/-/jobs", "{\"items\":[%s]}".formatted(job("QUEUED")));
        service.on(
                "POST /teams/vision/jobs/" + ID + ":checkpoint",
                asked -> FakeService.problem(
                        409, "INVALID_STATE", ",\"detail\":\"it is QUEUED\",\"hints\":[\"cancel it\"]"));

        Told refused = muster("checkpoint", "train");

        assertThat(refused.exitCode()).isEqualTo(3);
        assertThat(refused.err()).contains("INVALID_STATE", "it is QUEUED", "→ cancel it");
        assertThat(muster("checkpoint").exitCode()).isEqualTo(2);
    }

    @Test
    void a_job_of_a_file_keeps_that_it_wants_one_zone() throws IOException {
        service.on("POST /teams/vision/jobs", asked -> new FakeService.Answer(201, "application/json", job("QUEUED")));
        String file = """
                kind: Job
                metadata: {name: train}
                spec: {oneZone: %s, roles: [{name: w, resources: {cpu: 1}}]}
                """;

        assertThat(muster(
                                "submit",
                                "--team",
                                "vision",
                                "-f",
                                file(file.formatted("true")).toString())
                        .exitCode())
                .isZero();
        assertThat(service.asked()).last().satisfies(asked -> assertThat(asked.body())
                .contains("\"oneZone\":true"));

        int before = service.asked().size();
        Told wrong = muster(
                "submit",
                "--team",
                "vision",
                "-f",
                file(file.formatted("maybe")).toString());
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.err()).contains("oneZone");
        assertThat(service.asked()).hasSize(before);
    }

    @Test
    void a_name_of_several_jobs_is_refused_with_their_ids() {
        String other = job("RUNNING").replace(ID, "01jd0000000000000000000001");
        service.on("GET /teams/-/jobs", "{\"items\":[%s,%s]}".formatted(job("QUEUED"), other));

        Told told = muster("cancel", "train");

        assertThat(told.exitCode()).isEqualTo(2);
        assertThat(told.err()).contains("2 jobs", ID, "01jd0000000000000000000001");
        assertThat(service.asked()).noneMatch(asked -> asked.method().equals("POST"));
    }

    @Test
    void jobs_are_a_table_for_people_and_json_or_yaml_for_programs() {
        service.on("GET /teams/-/jobs", "{\"items\":[%s]}".formatted(job("QUEUED")));

        assertThat(muster("jobs").out()).contains("ID", "QUEUED", "4 × (cpu 2)", "needs 4 × (cpu 2); pool a fits 3");
        assertThat(muster("jobs", "-o", "json").out()).startsWith("[ {").contains("\"name\" : \"train\"");
        assertThat(muster("jobs", "-o", "yaml").out()).startsWith("---").contains("name: train", "cpu: \"2\"");
    }

    @Test
    void jobs_that_wait_say_between_when_and_when_they_are_expected_to_start() {
        String waits = job("QUEUED").replaceFirst("\"state\"", "\"expectedStart\":{%s},\"state\"");
        String at = "\"at\":\"2026-11-21T10:00:00Z\",\"assumptions\":[\"what runs ends when it says\"]";
        String between = at + ",\"earliest\":\"2026-11-21T10:02:00Z\"";
        service.on(
                "GET /teams/-/jobs",
                "{\"items\":[%s,%s,%s,%s]}"
                        .formatted(
                                waits.formatted(between + ",\"latest\":\"2026-11-21T12:00:00Z\""),
                                waits.formatted(between),
                                waits.formatted(at + ",\"cannot\":{\"code\":\"QUEUE_CLOSED\",\"message\":\"closed\"}"),
                                job("RUNNING")));

        assertThat(muster("jobs").out().lines()).element(0).asString().contains("STARTS");
        assertThat(muster("jobs").out()).contains("2m00s–2h00m ", "2m00s–? ", "never ");
    }

    @Test
    void a_filter_of_options_is_the_services_own_grammar() {
        service.on("GET /teams/vision/jobs", "{\"items\":[]}");

        muster(
                "jobs",
                "--team",
                "vision",
                "--state",
                "queued,RUNNING",
                "--queue",
                "q",
                "--name",
                "tr",
                "--label",
                "a=b");

        assertThat(service.asked().get(0).target())
                .contains("filter=queue%3Dq%20state%3DQUEUED%2CRUNNING%20name%3Dtr*%20label.a%3Db");
    }

    @Test
    void waiting_returns_1_where_the_job_failed() {
        service.on("GET /teams/-/jobs", "{\"items\":[%s]}".formatted(job("RUNNING")));
        service.on("GET /teams/vision/jobs/" + ID, job("FAILED"));
        service.on("GET /events", asked -> new FakeService.Answer(200, "text/event-stream", ": here\n\n"));

        assertThat(muster("wait", "train").exitCode()).isEqualTo(1);
    }

    @Test
    void the_history_of_a_job_is_its_changes_of_reason_from_all_pages() {
        String event =
                "{'cursor':'1','at':'2026-11-21T09:12:03Z','type':'%s','actor':'cycle','team':'vision','job':'%s',"
                        + "'jobName':'train','from':'A','to':'B','reason':{'code':'%s','message':'%s','numbers':{}}}";
        String first = event.formatted("REASON_CHANGED", ID, "NO_ROOM_IN_QUEUE", "needs 4");
        String moved = event.formatted("JOB_MOVED", ID, "FITS", "the whole gang fits");
        String second = event.formatted("REASON_CHANGED", ID, "NODES_BUSY", "nodes are busy");
        service.on("GET /teams/-/jobs", "{\"items\":[%s]}".formatted(job("QUEUED")));
        service.on(
                "GET /events",
                asked -> new FakeService.Answer(
                        200,
                        "application/json",
                        (asked.target().contains("pageToken=next")
                                        ? "{'items':[%s]}".formatted(second)
                                        : "{'items':[%s,%s],'nextPageToken':'next'}".formatted(first, moved))
                                .replace('\'', '"')));

        Told history = muster("why", "train", "--history");

        assertThat(history.exitCode()).isZero();
        assertThat(history.out().lines()).hasSize(2);
        assertThat(history.out())
                .containsSubsequence("needs 4", "nodes are busy")
                .doesNotContain("the whole gang fits");
    }

    @Test
    void what_pods_call_themselves_cannot_steer_the_terminal() {
        String sly = job("QUEUED").replace("needs 4", "\\u001b]0;gotcha\\u0007");
        service.on("GET /teams/-/jobs", "{\"items\":[%s]}".formatted(sly));

        assertThat(muster("jobs").out()).contains("gotcha").doesNotContain("\u001b", "\u0007");
    }

    @Test
    void completion_knows_every_verb_in_both_shells() {
        Told bash = Told.by(Map.of(), "completion", "bash");
        Told zsh = Told.by(Map.of(), "completion", "zsh");

        assertThat(bash.out()).contains("complete -F").contains("replay").contains("--follow");
        assertThat(zsh.out()).startsWith("autoload -Uz compinit");
    }
}
