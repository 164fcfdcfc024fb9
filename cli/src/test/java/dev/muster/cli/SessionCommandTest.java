package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SessionCommandTest extends AtATerminal {
    private static final String ID = "01jd0000000000000000000000";

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
    void only_a_session_is_stopped_as_one() {
        service.on("GET /teams/-/jobs/" + ID, job("RUNNING", "null"));

        Told told = muster("session", "stop", ID);

        assertThat(told.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(told.err()).contains("'" + ID + "' is no session").contains("muster cancel");
    }

    private static String job(String state, String interactive) {
        return "{\"kind\":\"Job\",\"metadata\":{\"name\":\"notebook\",\"team\":\"vision\",\"id\":\"%s\"},\"spec\":{\"roles\":[],\"interactive\":%s},\"status\":{\"state\":\"%s\",\"submittedAt\":\"2026-11-21T09:00:00Z\"}}"
                .formatted(ID, interactive, state);
    }
}
