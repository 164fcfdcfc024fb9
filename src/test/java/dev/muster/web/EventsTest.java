package dev.muster.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@QuarkusTest
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class EventsTest {
    @TestHTTPResource("/api/v1/events")
    URI events;

    @Test
    void events_of_a_job_are_listed_page_by_page() {
        String team = Api.newTeam();
        String id = (String) Api.accepted(team, "job").get("id");
        Api.call().post(Api.JOBS + "/" + id + ":suspend", team);
        Api.call().post(Api.JOBS + "/" + id + ":cancel", team);

        var first =
                Api.call().get(Api.JOBS + "/" + id + "/events?pageSize=2", team).jsonPath();
        var second = Api.call()
                .queryParam("pageToken", first.getString("nextPageToken"))
                .get(Api.JOBS + "/" + id + "/events", team)
                .jsonPath();

        assertThat(first.<String>getList("items.to")).containsExactly("QUEUED", "SUSPENDED");
        assertThat(second.<String>getList("items.to")).containsExactly("CANCELLED");
        assertThat(second.<String>getList("items.actor")).containsExactly("operator");
    }

    @Test
    void a_stream_shows_what_happens_and_goes_on_where_it_was_cut() throws Exception {
        String team = Api.newTeam();
        String id;
        String last;
        try (Stream stream = open("?team=" + team, null)) {
            id = (String) Api.accepted(team, "followed").get("id");
            Api.call().post(Api.JOBS + "/" + id + ":suspend", team);
            List<String> seen = stream.read(2);
            assertThat(seen.get(0)).contains("JOB_SUBMITTED", id);
            assertThat(seen.get(1)).contains("\"to\":\"SUSPENDED\"");
            last = stream.lastId;
        }
        Api.call().post(Api.JOBS + "/" + id + ":resume", team);
        Api.call().post(Api.JOBS + "/" + id + ":cancel", team);

        try (Stream again = open("?team=" + team, last)) {
            List<String> seen = again.read(2);
            assertThat(seen.get(0)).contains("\"to\":\"QUEUED\"").contains("\"from\":\"SUSPENDED\"");
            assertThat(seen.get(1)).contains("\"to\":\"CANCELLED\"");
        }
    }

    @Test
    void a_place_that_is_none_is_refused() throws Exception {
        HttpResponse<String> refused =
                HttpClient.newHttpClient().send(request("", "nowhere"), HttpResponse.BodyHandlers.ofString());

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("Last-Event-ID");
    }

    private Stream open(String query, String lastEventId) throws Exception {
        return new Stream(HttpClient.newHttpClient()
                .send(request(query, lastEventId), HttpResponse.BodyHandlers.ofInputStream())
                .body());
    }

    private HttpRequest request(String query, String lastEventId) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(events + query))
                .header("Authorization", "Bearer " + Api.token())
                .header("Accept", "text/event-stream");
        return (lastEventId == null ? request : request.header("Last-Event-ID", lastEventId)).build();
    }

    private static final class Stream implements AutoCloseable {
        private final InputStream in;
        private final BufferedReader lines;
        private String lastId;

        /** Opened once the service has said hello: what happens from here on is seen. */
        private Stream(InputStream in) throws IOException {
            this.in = in;
            this.lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            assertThat(lines.readLine()).startsWith(":");
        }

        private List<String> read(int events) throws IOException {
            List<String> data = new ArrayList<>();
            while (data.size() < events) {
                String line = lines.readLine();
                assertThat(line).as("the stream ended").isNotNull();
                if (line.startsWith("id:")) {
                    lastId = line.substring(3).strip();
                } else if (line.startsWith("data:")) {
                    data.add(line.substring(5));
                }
            }
            return data;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
