package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator says of pools, and what is shown of them. */
class PoolsCommandTest extends AtATerminal {
    private static String pool(String breaker, String more) {
        return """
                {"kind":"Pool","metadata":{"name":"spot-a"},"spec":{"nodes":0,"maxNodes":6,"resources":{"cpu":"4"}},
                 "status":{"readyNodes":0,"allocatable":{},"used":{},"pods":0,"offering":{"name":"spot-a/spot/-/-",
                  "breaker":"%s",%s"success":0.25,"interruptionsPerNodeHour":0.1,"launchMedian":40,"deadline":300}}}""".formatted(breaker, more);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "open  | OPEN  | OPEN   | OPEN",
                "drain | DRAIN | OPEN   | OPEN, and nothing is launched on its nodes",
                "close | CLOSE | CLOSED | CLOSED"
            })
    void an_order_is_sent_with_its_reason_and_answered(String verb, String order, String breaker, String said) {
        service.on("POST /pools/spot-a/breaker", pool(breaker, ""));

        Told told = muster("pools", verb, "spot-a", "--why", "no \"spot\" today");

        assertThat(told.err()).isEmpty();
        assertThat(told.exitCode()).isZero();
        assertThat(told.out()).isEqualTo("Pool spot-a: its breaker is %s.\n".formatted(said));
        assertThat(service.asked()).singleElement().satisfies(asked -> assertThat(asked.body())
                .isEqualTo("{\"order\":\"%s\",\"why\":\"no \\\"spot\\\" today\"}".formatted(order)));
    }

    @Test
    void programs_get_the_pool() {
        service.on("POST /pools/spot-a/breaker", pool("OPEN", "\"order\":\"OPEN\","));

        Told told = muster("pools", "open", "spot-a", "--why", "x", "-o", "json");

        assertThat(told.exitCode()).isZero();
        assertThat(told.out()).startsWith("{").contains("\"order\" : \"OPEN\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"open", "drain", "close"})
    void without_a_reason_or_a_pool_nothing_is_sent(String verb) {
        Told reasonless = muster("pools", verb, "spot-a");
        Told nameless = muster("pools", verb, "--why", "x");

        assertThat(List.of(reasonless.exitCode(), nameless.exitCode())).containsOnly(2);
        assertThat(reasonless.err()).contains("--why");
        assertThat(nameless.err()).contains("POOL");
        assertThat(service.asked()).isEmpty();
    }

    @Test
    void a_verb_that_is_none_is_2_and_nothing_is_sent() {
        assertThat(muster("pools", "shut", "spot-a", "--why", "x").exitCode()).isEqualTo(2);
        assertThat(service.asked()).isEmpty();
    }

    @Test
    void what_the_service_refuses_is_3_in_its_words() {
        service.on(
                "POST /pools/spot-b/breaker",
                asked -> FakeService.problem(404, "NOT_FOUND", ",\"detail\":\"There is no pool 'spot-b'\""));

        Told told = muster("pools", "drain", "spot-b", "--why", "x");

        assertThat(told.exitCode()).isEqualTo(3);
        assertThat(told.out()).isEmpty();
        assertThat(told.err()).contains("There is no pool 'spot-b'");
    }

    @Test
    void pools_that_grow_are_shown_with_their_breakers_and_why() {
        String open = pool("OPEN", "\"order\":\"OPEN\",\"why\":\"no spot today\",");
        service.on(
                "GET /pools",
                "{\"items\":[%s,%s]}".formatted(open, pool("OPEN", "\"order\":\"DRAIN\",\"why\":\"to be retired\",")));

        // Whoever opened it and whoever drained it see their own word.
        assertThat(muster("pools").out())
                .contains("DRAIN (by hand)", "to be retired")
                .contains("OFFERING", "spot-a/spot/-/-", "OPEN (by hand)", "25 %", "40s", "10.0 %", "no spot today");
    }

    @Test
    void pools_that_could_be_declared_are_printed_as_they_can_be_applied() {
        service.on("GET /pools:discover", """
                {"strays":3,"proposals":[{"pool":{"kind":"Pool","metadata":{"name":"batch-eu-1a"},
                 "spec":{"nodes":2,"resources":{"cpu":"8"},"labels":{"agentpool":"batch"},"maxPodsPerNode":110}},
                 "nodes":["n1","n2"]}]}""");

        Told told = muster("pools", "discover");

        assertThat(told.exitCode()).isZero();
        assertThat(told.out()).contains("kind: Pool", "name: batch-eu-1a", "agentpool: batch", "nodes: 2");
        assertThat(told.out()).doesNotContain("belong to no pool");
        assertThat(told.err())
                .contains(
                        "3 nodes belong to no pool; 1 pools would take 2 of them, the others are the control plane's.");
    }

    @Test
    void what_was_is_told_day_by_day() {
        service.on("GET /pools:history", """
                {"items":[
                 {"hour":"2026-11-26T22:00:00Z","offering":"spot-a/spot/eu-1a/m5","pool":"spot-a","zone":"eu-1a","instanceType":"m5",
                  "spot":true,"came":4,"failed":0,"lost":1,"nodeHours":10.0,"openSeconds":0,"halfOpenSeconds":0},
                 {"hour":"2026-11-26T23:00:00Z","offering":"spot-a/spot/eu-1a/m5","pool":"spot-a","zone":"eu-1a","instanceType":"m5",
                  "spot":true,"came":0,"failed":3,"lost":1,"nodeHours":10.0,"openSeconds":600,"halfOpenSeconds":60},
                 {"hour":"2026-11-27T00:00:00Z","offering":"spot-a/spot/eu-1a/m5","pool":"spot-a","zone":"eu-1a","instanceType":"m5",
                  "spot":true,"came":2,"failed":0,"lost":0,"nodeHours":0.0,"openSeconds":0,"halfOpenSeconds":0}]}""");

        Told told = muster("pools", "history");

        assertThat(told.exitCode()).isZero();
        assertThat(told.out().lines().map(line -> line.strip().replaceAll(" +", " ")))
                .containsExactly(
                        "OFFERING DAY CAME FAILED LOST LOST/NODE-H OPEN",
                        "spot-a/spot/eu-1a/m5 2026-11-27 2 0 0",
                        "spot-a/spot/eu-1a/m5 2026-11-26 4 3 2 10.0 % 10m");
        assertThat(muster("pools", "history", "--days", "0").err()).contains("expected 1 to 366");
    }
}
