package dev.muster.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cycle.OnVirtualTime;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs of the same side by side: what each took, held and cost by hand, and which fields of their specs differ. */
@QuarkusTest
@TestProfile(OnVirtualTime.class)
class ComparePagesTest {
    private static final String SEAT = "example.com/desk";
    private static final String GANG =
            "{'metadata':{'name':'%s','annotations':{'simulation.muster.dev/run-time':'%s'}},"
                    + "'spec':{'roles':[{'name':'worker','count':%d,'resources':{'cpu':'1','%s':'1'}}]}}";

    private String first;
    private String second;
    private String another;

    @BeforeEach
    void two_runs_of_the_same_and_one_of_another() {
        Api.create(
                "pools/compare",
                "{'spec':{'nodes':1,'resources':{'cpu':'8','memory':'16Gi','%s':'8'},'price':'0.80'}}".formatted(SEAT));
        Api.create("queues/compare", "{'spec':{}}");
        Api.create("teams/compare", "{'spec':{'queue':'compare'}}");
        first = submit("night-1", "1800s", 2);
        run();
        second = submit("night-2", "600s", 4);
        another = submit("other-1", "60s", 1);
        run();
    }

    @Test
    void each_run_is_a_column_with_its_times_and_what_it_held_and_what_differs_is_told() {
        String page = page("?job=" + second + "&job=" + first);

        assertThat(page)
                .contains("night-1", "night-2", "4 in compare", "2 in compare", "10 min", "30 min")
                .contains("/roles/worker/count")
                .contains("href=\"/ui/compare?job=" + first + "\" aria-label=\"Without night-2");
        assertThat(page.replaceAll("(?s).*>Core-hours</th>(.*?)</tr>.*", "$1"))
                .as("4 × 10 min, 2 × 30 min")
                .contains("<td>0.6", "<td>1.0");
    }

    @Test
    void one_alone_is_put_beside_earlier_runs_of_the_same() {
        assertThat(page("?job=" + second)).contains("night-1", "night-2").doesNotContain("other-1");
        assertThat(page("?job=" + first)).contains("one run", "Put night-2 beside them");
        assertThat(page("?job=" + another)).contains("one run").doesNotContain("night");
        assertThat(get("").statusCode()).isEqualTo(400);
        assertThat(get("?job=nothing").statusCode()).isEqualTo(404);
    }

    @Test
    void more_than_the_page_bears_are_refused_and_one_that_is_named_twice_counts_once() {
        Response many = get("?job=a&job=b&job=c&job=d&job=e&job=f&job=g");
        assertThat(many.statusCode()).isEqualTo(400);
        assertThat(many.asString()).contains("7 ids", "1 to 6", "by their boxes in the list of jobs");
        assertThat(page("?" + ("job=" + first + "&").repeat(7) + "job=" + another))
                .contains("2 runs; what differs is marked");
        assertThat(Api.call().accept("text/html").get("/ui/jobs?team=compare").asString())
                .contains(
                        "form=\"compare\" name=\"job\" value=\"" + first + "\"",
                        "action=\"/ui/compare\"",
                        "choose up to 6");
    }

    private static String page(String query) {
        Response answer = get(query);
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.asString();
    }

    private static Response get(String query) {
        return given().header("Authorization", "Bearer " + Api.token())
                .accept("text/html")
                .get("/ui/compare" + query);
    }

    private static String submit(String name, String time, int pods) {
        return Api.submit("compare", GANG.formatted(name, time, pods, SEAT))
                .then()
                .statusCode(201)
                .extract()
                .path("metadata.id");
    }

    private static void run() {
        String until = "{'until':'%s'}"
                .formatted(Instant.parse(Api.call().get("/api/v1/clock").path("now"))
                        .plus(Duration.ofHours(2)));
        Api.call().urlEncodingEnabled(false).body(Api.quoted(until)).post("/api/v1/clock:run");
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> Boolean.TRUE.equals(Api.call().get("/api/v1/clock").path("idle")));
    }
}
