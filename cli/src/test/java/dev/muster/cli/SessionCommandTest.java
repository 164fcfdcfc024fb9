package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SessionCommandTest extends AtATerminal {
    private static final String ID = "01jd0000000000000000000000";
    private static final String WAITS = "01jd0000000000000000000001";
    private static final String QUEUED = session(WAITS, "QUEUED")
            .replaceFirst("}$", ",\"reason\":{\"code\":\"NODES\",\"message\":\"needs 1 x 4 cpu; pool a fits 0\"}}");

    @BeforeEach
    void a_session() {
        service.on("POST /teams/vision/jobs", job("QUEUED", "{\"port\":8888}"));
        service.on("GET /teams/-/jobs/" + ID, job("RUNNING", "{\"port\":8888}"));
    }

    @Test
    void it_is_a_job_with_a_port_and_an_idle_timeout() {
        Told told = muster(
                "session",
                "start",
                "-d",
                "--team",
                "vision",
                "--image",
                "example/notebook:7",
                "--port",
                "9000",
                "--path",
                "/lab",
                "--idle",
                "1h",
                "jupyter",
                "lab");

        assertThat(told.err()).isEmpty();
        assertThat(told.out()).isEqualTo(ID + "\n");
        assertThat(service.asked())
                .filteredOn(asked -> asked.method().equals("POST"))
                .singleElement()
                .satisfies(asked -> assertThat(asked.body())
                        .contains("\"interactive\":{\"port\":9000,\"path\":\"/lab\"}")
                        .contains("\"idleTimeout\":\"1h\"")
                        .contains("\"command\":[\"jupyter\",\"lab\"]"));
    }

    @Test
    void those_of_others_are_shown_where_that_is_asked() {
        service.on(
                "GET /teams/-/sessions",
                "{\"items\":[{\"id\":\"" + ID
                        + "\",\"name\":\"notebook\",\"team\":\"vision\",\"queue\":\"vision\",\"owner\":\"user/anna\",\"state\":\"RUNNING\","
                        + "\"address\":\"/x\",\"submittedAt\":\"2026-11-21T09:00:00Z\",\"idle\":true,"
                        + "\"endsAt\":\"2026-11-21T09:30:00Z\"}]}");
        service.on("GET /clock", "{\"mode\":\"REAL\",\"now\":\"2026-11-21T09:20:00Z\"}");

        Told told = muster("session", "list", "--all");

        assertThat(told.err()).isEmpty();
        assertThat(told.out()).contains("user/anna").contains("in 10m (idle)");
    }

    @Test
    void one_that_waits_says_for_what() {
        service.on("GET /teams/-/sessions", "{\"items\":[%s,%s]}".formatted(session(ID, "RUNNING"), QUEUED));
        service.on("GET /clock", "{\"mode\":\"REAL\",\"now\":\"2026-11-21T09:20:00Z\"}");

        Told told = muster("session");

        assertThat(told.err()).isEmpty();
        assertThat(told.out().lines().filter(line -> line.contains("QUEUED")))
                .singleElement()
                .asString()
                .contains("needs 1 x 4 cpu; pool a fits 0");
    }

    @Test
    void of_several_of_one_name_that_which_runs_is_opened_and_those_that_have_ended_are_not_meant() {
        service.on("GET /teams/-/sessions", "{\"items\":[%s,%s]}".formatted(QUEUED, session(ID, "RUNNING")));
        service.on("GET /teams/vision/jobs/" + ID, job("RUNNING", "{\"port\":8888}"));
        service.on(
                "GET /teams/vision/jobs/" + ID + "/links/session",
                asked -> new FakeService.Answer(307, "text/plain", "", "/job-sessions/" + ID + ".ticket/lab"));

        Told told = muster("session", "open", "notebook");

        assertThat(told.out()).contains("/job-sessions/" + ID + ".ticket/lab");
        assertThat(told.err())
                .contains("'notebook' is 2 sessions; this is " + ID)
                .contains(WAITS);
        assertThat(service.asked())
                .as("jobs of that name, which may have ended long ago, are not looked at")
                .noneMatch(asked -> asked.target().contains("filter="));
    }

    @Test
    void none_of_several_of_one_name_is_stopped_by_a_guess() {
        service.on("GET /teams/-/sessions", "{\"items\":[%s,%s]}".formatted(QUEUED, session(ID, "RUNNING")));

        Told told = muster("session", "stop", "notebook");

        assertThat(told.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(told.err())
                .contains("'notebook' is 2 sessions: say which by its id")
                .contains(ID)
                .contains(WAITS);
        assertThat(service.asked()).allMatch(asked -> asked.method().equals("GET"));
    }

    @Test
    void the_one_of_its_name_that_has_not_ended_is_stopped() {
        service.on("GET /teams/-/sessions", "{\"items\":[%s]}".formatted(session(ID, "RUNNING")));
        service.on("GET /teams/vision/jobs/" + ID, job("RUNNING", "{\"port\":8888}"));
        service.on("POST /teams/vision/jobs/" + ID + ":cancel", job("CANCELLING", "{\"port\":8888}"));

        Told told = muster("session", "stop", "notebook");

        assertThat(told.err()).isEmpty();
        assertThat(told.out()).contains(ID).contains("CANCELLING");
    }

    @Test
    void only_a_session_is_stopped_as_one() {
        service.on("GET /teams/-/jobs/" + ID, job("RUNNING", "null"));

        Told told = muster("session", "stop", ID);

        assertThat(told.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(told.err()).contains("'" + ID + "' is no session").contains("muster cancel");
    }

    private static String session(String id, String state) {
        return "{\"id\":\"%s\",\"name\":\"notebook\",\"team\":\"vision\",\"queue\":\"vision\",\"owner\":\"user/anna\",\"state\":\"%s\",\"address\":\"/x\",\"submittedAt\":\"2026-11-21T09:00:00Z\"}"
                .formatted(id, state);
    }

    private static String job(String state, String interactive) {
        return "{\"kind\":\"Job\",\"metadata\":{\"name\":\"notebook\",\"team\":\"vision\",\"id\":\"%s\"},\"spec\":{\"roles\":[],\"interactive\":%s},\"status\":{\"state\":\"%s\",\"submittedAt\":\"2026-11-21T09:00:00Z\"}}"
                .formatted(ID, interactive, state);
    }
}
