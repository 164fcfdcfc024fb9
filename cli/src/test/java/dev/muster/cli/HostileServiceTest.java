package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Texts of the service may come from anybody who submitted a job: none of them steers the terminal of who looks at it. */
class HostileServiceTest extends AtATerminal {
    private static final String ID = "01jd0000000000000000000000";
    /** As JSON: clears the screen, names the window, turns the text around, and the same by the signs of one byte. */
    private static final String ODD = "x\\u001b[2J\\u001b]0;t\\u0007\\u202ey\\u009b2J\\r\\nz";

    private static final String JOB = """
            {"kind":"Job","metadata":{"name":"%1$s","team":"vision","id":"%2$s","labels":{"a":"%1$s"}},
             "spec":{"queue":"%1$s","priorityClass":"%1$s","roles":[{"name":"%1$s","count":1,"command":["%1$s"],"resources":{"%1$s":"2"}}]},
             "status":{"state":"QUEUED","submittedAt":"2026-11-21T09:00:00Z","submittedBy":"%1$s",
              "reason":{"code":"%1$s","message":"%1$s","hint":"%1$s"},"outcome":{"category":"%1$s","message":"%1$s","role":"%1$s"}}}""".formatted(ODD, ID);

    @Test
    void no_text_of_the_service_steers_the_terminal() {
        String list = "{\"items\":[" + JOB + "]}";
        service.on("GET /teams/-/jobs", list)
                .on("GET /teams/-/jobs/" + ID, JOB)
                .on("GET /teams/vision/jobs/" + ID, JOB)
                .on("GET /teams/vision/jobs/" + ID + "/attempts", "{\"items\":[]}")
                .on("GET /teams/vision/jobs/" + ID + "/events", "{\"items\":[]}")
                .on(
                        "GET /teams/vision/jobs/" + ID + "/explanation",
                        "{\"state\":\"QUEUED\",\"all\":[{\"code\":\"%1$s\",\"message\":\"%1$s\",\"hint\":\"%1$s\"}],\"verdict\":\"%1$s\",\"changes\":[\"%1$s\"]}"
                                .formatted(ODD))
                .on(
                        "GET /teams",
                        "{\"items\":[{\"kind\":\"Team\",\"metadata\":{\"name\":\"%1$s\"},\"spec\":{\"queue\":\"%1$s\"}}]}"
                                .formatted(ODD))
                .on(
                        "GET /queues",
                        "{\"items\":[{\"kind\":\"Queue\",\"metadata\":{\"name\":\"%1$s\"},\"spec\":{\"parent\":\"%1$s\"}}]}"
                                .formatted(ODD))
                .on(
                        "GET /audit",
                        "{\"items\":[{\"id\":1,\"at\":\"2026-11-21T09:00:00Z\",\"actor\":\"%1$s\",\"type\":\"%1$s\",\"name\":\"%1$s\",\"agent\":\"%1$s\",\"why\":\"%1$s\",\"after\":{\"a\":\"%1$s\"}}]}"
                                .formatted(ODD))
                .on(
                        "GET /grants",
                        "{\"items\":[{\"subject\":\"%1$s\",\"duty\":\"%1$s\",\"scope\":\"%1$s\",\"why\":\"%1$s\",\"by\":\"%1$s\",\"at\":\"2026-11-21T09:00:00Z\"}]}"
                                .formatted(ODD))
                .on(
                        "GET /tokens",
                        "{\"items\":[{\"id\":\"%1$s\",\"subject\":\"%1$s\",\"label\":\"%1$s\",\"narrowing\":\"%1$s\",\"createdBy\":\"%1$s\",\"createdAt\":\"2026-11-21T09:00:00Z\",\"expiresAt\":\"2026-11-21T09:00:00Z\"}]}"
                                .formatted(ODD));

        for (List<String> command : List.of(
                List.of("jobs"),
                List.of("job", ID),
                List.of("why", ID),
                List.of("teams"),
                List.of("queues"),
                List.of("audit"),
                List.of("grants"),
                List.of("token", "list"),
                List.of("jobs", "-o", "json"),
                List.of("jobs", "-o", "yaml"),
                List.of("audit", "-o", "json"))) {
            assertHarmless(command, muster(command.toArray(String[]::new)), 0);
        }
    }

    @Test
    void no_refusal_steers_the_terminal() {
        service.on(
                "GET /queues",
                asked -> FakeService.problem(
                        422,
                        ODD,
                        ",\"detail\":\"%1$s\",\"errors\":[{\"pointer\":\"%1$s\",\"code\":\"%1$s\",\"detail\":\"%1$s\"}],\"hints\":[\"%1$s\"]"
                                .formatted(ODD)));

        assertHarmless(List.of("queues"), muster("queues"), 3);
    }

    private static void assertHarmless(List<String> command, Told told, int code) {
        assertThat(told.exitCode()).as("%s: %s", command, told.err()).isEqualTo(code);
        assertThat(told.out() + told.err())
                .as(command.toString())
                .isNotEmpty()
                .matches("(?s)[^\\p{Cc}\u202e]*([\n\t][^\\p{Cc}\u202e]*)*");
    }
}
