package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sets of jobs: listed, shown, waited for, cancelled; one is always of one team. */
class SetsCommandTest extends AtATerminal {
    private static final String FAILED = """
            ,"endedAt":"2026-11-21T10:05:00Z","firstFailure":{"job":"01x","name":"load","outcome":{"result":"FAILED","category":"OOM"}}""";

    private static String set(String state, String jobs, String more) {
        return """
                {"kind":"JobSet","metadata":{"name":"nightly","team":"vision"},
                 "status":{"state":"%s","jobs":{%s},"began":"2026-11-21T09:00:00Z"%s}}""".formatted(state, jobs, more);
    }

    private static String job(String id, String state) {
        return """
                {"kind":"Job","metadata":{"name":"%s","team":"vision","id":"%s"},"spec":{"roles":[]},
                 "status":{"state":"%s","submittedAt":"2026-11-21T09:00:00Z"}}""".formatted(id, id, state);
    }

    @Test
    void the_list_says_how_each_stands_how_long_it_took_and_what_failed_first() {
        service.on(
                "GET /teams/vision/jobSets",
                "{\"items\":[%s]}".formatted(set("FAILED", "\"SUCCEEDED\":7,\"FAILED\":1", FAILED)));

        Told told = muster("sets", "list", "--team", "vision");

        assertThat(told.err()).isEmpty();
        assertThat(told.out()).contains("nightly", "FAILED", "1h05m", "1 FAILED, 7 SUCCEEDED", "load 01x (OOM)");
    }

    @Test
    void it_is_waited_for_until_none_is_open_and_the_exit_code_says_whether_all_went_well() {
        AtomicInteger looks = new AtomicInteger();
        service.on(
                        "GET /teams/vision/jobSets/nightly",
                        asked -> new FakeService.Answer(
                                200,
                                "application/json",
                                looks.getAndIncrement() == 0
                                        ? set("OPEN", "\"SUCCEEDED\":7,\"RUNNING\":2", "")
                                        : set("FAILED", "\"SUCCEEDED\":8,\"FAILED\":1", FAILED)))
                .on("GET /events", asked -> new FakeService.Answer(200, "text/event-stream", ended(1) + ended(2)));

        Told told = muster("wait", "--set", "nightly", "--team", "vision");

        assertThat(told.exitCode()).isEqualTo(ExitCode.JOB_FAILED);
        assertThat(told.err()).contains("set/nightly FAILED 1 FAILED, 8 SUCCEEDED", "failed first: load 01x (OOM)");
        // Two were open: not before the second end is it worth a look.
        assertThat(looks).hasValue(2);
        assertThat(service.asked())
                .anySatisfy(asked -> assertThat(asked.target()).contains("team=vision", "jobSet=nightly"));
    }

    @Test
    void all_of_it_that_has_not_ended_is_cancelled_and_a_dry_run_only_says_so() {
        service.on(
                        "GET /teams/vision/jobs",
                        "{\"items\":[%s,%s]}".formatted(job("01a", "RUNNING"), job("01b", "SUCCEEDED")))
                .on("POST /teams/vision/jobs/01a:cancel", job("01a", "CANCELLING"));

        Told dry = muster("cancel", "--set", "nightly", "--team", "vision", "--dry-run");
        assertThat(dry.err()).contains("It would be 1 job");
        assertThat(service.asked()).noneMatch(asked -> asked.method().equals("POST"));
        assertThat(service.asked()).singleElement().satisfies(asked -> assertThat(asked.target())
                .contains("filter=set%3Dnightly"));

        Told done = muster("cancel", "--set", "nightly", "--team", "vision");
        assertThat(done.exitCode()).isZero();
        assertThat(done.err()).contains("1 of 1 jobs");
    }

    @Test
    void a_set_that_is_not_there_is_said_so_with_its_team() {
        service.on("GET /teams/vision/jobs", "{\"items\":[]}");

        Told told = muster("suspend", "--set", "nightli", "--team", "vision");

        assertThat(told.exitCode()).isEqualTo(2);
        assertThat(told.err()).contains("There is no job set 'nightli' in team vision", "muster sets --team vision");
    }

    @Test
    void what_is_submitted_into_a_set_says_so_whatever_its_file_says(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("job.yaml"), """
                kind: Job
                metadata: {name: load}
                spec: {jobSet: other, roles: [{name: main, resources: {cpu: "1"}}]}
                """);
        service.on("POST /teams/vision/jobs", job("01a", "QUEUED"));

        Told told = muster("submit", "-f", file.toString(), "--team", "vision", "--set", "nightly");

        assertThat(told.exitCode()).as(told.err()).isZero();
        assertThat(service.asked()).last().satisfies(asked -> assertThat(asked.body())
                .contains("\"jobSet\":\"nightly\""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "wait",
                "wait train --set nightly",
                "wait train --team vision",
                "cancel --team vision",
                "sets show"
            })
    void what_is_said_wrongly_is_not_sent(String words) {
        assertThat(muster(words.split(" ")).exitCode()).isEqualTo(2);
        assertThat(service.asked()).isEmpty();
    }

    private static String ended(int number) {
        return """
                id: c%d
                data: {"cursor":"c%d","at":"2026-11-21T10:00:00Z","type":"JOB_MOVED","actor":"planner","job":"01x","from":"RUNNING","to":"FAILED"}

                """.formatted(number, number);
    }
}
