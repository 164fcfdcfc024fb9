package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person says of schedules, and what is shown of them. */
class SchedulesCommandTest extends AtATerminal {
    private static final String NEXT = "\"next\":[\"2026-06-02T01:00:00Z\"]";
    private static final String RUN = """
            {"tick":"2026-06-01T01:00:00Z","origin":"TICK","intervalStart":"2026-05-31T01:00:00Z",
             "intervalEnd":"2026-06-01T01:00:00Z","state":"FAILED","job":"01x","why":"exit code 3\\u001b[2J"}""";

    private static String schedule(String status) {
        return """
                {"kind":"Schedule","metadata":{"name":"nightly"},
                 "spec":{"team":"data","cron":"0 3 * * *","timeZone":"Europe/Berlin","concurrency":"QUEUE","catchUp":"MERGE"},
                 "status":{%s}}""".formatted(status);
    }

    @Test
    void the_list_says_when_each_ticks_next_and_what_became_of_its_runs() {
        service.on("GET /schedules", """
                {"items":[%s,%s,%s]}""".formatted(
                schedule(NEXT
                        + ",\"watermark\":\"2026-06-01T01:00:00Z\",\"runsByState\":{\"SUCCEEDED\":7,\"FAILED\":1}"),
                schedule("\"next\":[],\"paused\":true"),
                schedule("\"next\":[]")));

        Told told = muster("schedules");

        assertThat(told.err()).isEmpty();
        assertThat(told.exitCode()).isZero();
        assertThat(told.out().lines().skip(1).map(line -> line.split(" {2,}")[4]))
                .containsExactly("2026-06-02T01:00:00Z", "paused", "never");
        assertThat(told.out()).contains("2026-06-01T01:00:00Z", "7 succeeded", "1 failed", "Europe/Berlin");
    }

    @Test
    void one_is_shown_with_its_runs_and_nothing_of_what_they_say_reaches_the_terminal_raw() {
        service.on("GET /schedules/nightly", schedule(NEXT + ",\"failures\":2"))
                .on("GET /schedules/nightly/runs", "{\"items\":[%s]}".formatted(RUN));

        Told told = muster("schedules", "show", "nightly");

        assertThat(told.err()).isEmpty();
        assertThat(told.out())
                .contains("0 3 * * * (Europe/Berlin), QUEUE, catches up MERGE")
                .contains("next: 2026-06-02T01:00:00Z", "nothing has succeeded yet", "failures in a row: 2")
                .contains("FAILED", "01x", "exit code 3")
                .doesNotContain("\u001b");
    }

    @Test
    void a_paused_one_says_since_when_by_whom_and_why() {
        service.on(
                        "GET /schedules/nightly",
                        schedule(
                                "\"next\":[],\"paused\":true,\"pausedAt\":\"2026-06-01T09:00:00Z\",\"pausedBy\":\"ada\",\"pausedWhy\":\"source is down\""))
                .on("GET /schedules/nightly/runs", "{\"items\":[]}");

        Told told = muster("schedules", "show", "nightly");

        assertThat(told.out()).contains("paused since 2026-06-01T09:00:00Z by ada: source is down");
        assertThat(told.err()).contains("No run yet.");
    }

    @Test
    void ticks_to_come_are_shown_with_the_clock_of_the_zone() {
        service.on("GET /schedules/nightly/next", """
                {"items":[{"at":"2026-06-02T01:00:00Z","local":"Tue 2 Jun 2026 03:00 +02:00",
                 "intervalStart":"2026-06-01T01:00:00Z","intervalEnd":"2026-06-02T01:00:00Z"}]}""");

        Told told = muster("schedules", "next", "nightly", "--count", "1");

        assertThat(told.out()).contains("Tue 2 Jun 2026 03:00 +02:00");
        assertThat(service.asked()).singleElement().satisfies(asked -> assertThat(asked.target())
                .contains("count=1"));
    }

    @Test
    void a_pause_is_sent_with_its_reason_and_says_how_to_go_on() {
        service.on("POST /schedules/nightly:pause", schedule("\"next\":[],\"paused\":true"));

        Told told = muster("schedules", "pause", "nightly", "--why", "source is \"down\"");

        assertThat(told.out()).isEqualTo("nightly is paused. Go on: muster schedules resume nightly\n");
        assertThat(service.asked()).singleElement().satisfies(asked -> assertThat(asked.body())
                .isEqualTo("{\"why\":\"source is \\\"down\\\"\"}"));
    }

    @Test
    void days_of_a_backfill_are_those_of_the_schedules_zone() {
        service.on("GET /schedules/nightly", schedule(NEXT)).on("POST /schedules/nightly/backfills", """
                        {"from":"2026-02-28T23:00:00Z","to":"2026-03-31T22:00:00Z","maxParallel":4,"number":3,"runs":31}""");

        Told told = muster(
                "schedules", "backfill", "nightly", "--from", "2026-03-01", "--to", "2026-04-01", "--parallel", "4");

        assertThat(told.err()).isEmpty();
        assertThat(told.out())
                .isEqualTo("Backfill 3 of nightly: 31 runs, 4 at a time. See: muster schedules backfill nightly\n");
        assertThat(service.asked()).last().satisfies(asked -> assertThat(asked.body())
                // Summer time begins in between.
                .contains("\"from\":\"2026-02-28T23:00:00Z\"", "\"to\":\"2026-03-31T22:00:00Z\"", "\"maxParallel\":4"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pause nightly",
                "backfill nightly --from 2026-03-01",
                "backfill nightly --from yesterday --to 2026-03-01",
                "next nightly --from noon",
                "show",
            })
    void what_is_said_wrongly_is_not_sent_as_an_order(String words) {
        service.on("GET /schedules/nightly", schedule(NEXT));

        Told told = muster(("schedules " + words).split(" "));

        assertThat(told.exitCode()).isEqualTo(2);
        assertThat(told.err()).isNotBlank();
        assertThat(service.asked()).noneMatch(asked -> asked.method().equals("POST"));
    }

    @Test
    void a_schedule_that_is_not_there_is_said_so() {
        Told told = muster("schedules", "run", "nightly");

        assertThat(told.exitCode()).isNotZero();
        assertThat(told.err()).contains("nightly");
    }
}
