package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Usage, fragmentation and consolidation as a person at a terminal sees them. */
class PackingCommandsTest extends AtATerminal {
    private static final String HOURS = """
            {"coreHours":%s,"gibHours":8,"gpuHours":0,"cost":2.5,"lostCoreHours":1,"lostCost":0.5,"unpricedCoreHours":3,
            "measured":{"requestedCoreHours":8,"usedCoreHours":2,"unusedCoreHours":6,"requestedGibHours":4,"usedGibHours":1,"unusedGibHours":3}}""";

    @Test
    void usage_is_read_page_by_page_and_shown_with_its_total() {
        service.on(
                "GET /usage",
                asked -> new FakeService.Answer(200, "application/json", """
                {"from":"2026-11-19T00:00:00Z","to":"2026-11-26T00:00:00Z","groupBy":["team"],"total":%s,
                 "items":[{"key":{"team":"%s"},"hours":%s}]%s}""".formatted(
                                HOURS.formatted("40"),
                                asked.target().contains("pageToken=more") ? "small" : "large",
                                HOURS.formatted(asked.target().contains("pageToken=more") ? "10" : "30"),
                                asked.target().contains("pageToken=more") ? "" : ",\"nextPageToken\":\"more\"")));

        Told told = muster("usage", "--from", "2026-11-19");

        assertThat(told.exitCode()).isZero();
        assertThat(told.out().lines().map(line -> line.split(" ")[0])).containsExactly("TEAM", "large", "small", "all");
        assertThat(told.err())
                .contains("3.00 core-hours are in no cost")
                .contains("of 8.00 core-hours 2.00 were used, 6.00 not");
        assertThat(told.out()).contains("25 %");
        assertThat(service.asked()).hasSize(2).allSatisfy(asked -> assertThat(asked.target())
                .contains("groupBy=team", "from=2026-11-19"));
    }

    @Test
    void runs_of_the_same_are_shown_by_how_many_pods_they_had() {
        service.on("GET /teams/data/scaling", asked -> new FakeService.Answer(200, "application/json", """
                {"team":"data","name":"etl","from":"2026-06-01T00:00:00Z","to":"2026-06-08T00:00:00Z","points":[
                 {"pods":20,"runs":3,"fastestSeconds":2640,"medianSeconds":2700,"slowestSeconds":2760,"coreHours":15,"cost":1.5,"speedup":1,"efficiency":1},
                 {"pods":160,"runs":3,"fastestSeconds":720,"medianSeconds":720,"slowestSeconds":3780,"coreHours":32,"speedup":3.75,"efficiency":0.46875}]}"""));

        Told told = muster("scaling", "etl-7", "--team", "data");

        assertThat(told.exitCode()).as(told.err()).isZero();
        assertThat(told.out().lines().toList()).hasSize(3);
        assertThat(told.out().lines().skip(2).findFirst().orElseThrow())
                .contains("160", "12m00s", "1h03m", "3.75 x", "47 %", " - ");
        assertThat(service.asked()).first().satisfies(asked -> assertThat(asked.target())
                .contains("name=etl-7"));
    }

    @Test
    void csv_goes_out_as_it_came() {
        service.on("GET /usage", asked -> new FakeService.Answer(200, "text/csv", "team,coreHours\r\n'=x,1\r\n"));

        assertThat(muster("usage", "--csv").out()).isEqualTo("team,coreHours\r\n'=x,1\r\n");
    }

    @Test
    void fragmentation_shows_pools_gangs_advice_and_tails() {
        service.on("GET /fragmentation", """
                {"at":"2026-11-26T00:00:00Z","pools":[{"pool":"big","nodes":3,"allocatable":{"cpu":"96","memory":"1Ti"},"free":{"cpu":"40"},
                 "stranded":{"cpu":"7200m","memory":"421937587159"},"strandedShare":0.075,"strandedCost":0.4,"tails":1,"tailCost":1.6}],
                 "shapes":[{"pod":{"cpu":"4"},"share":1,"largestGang":9,"byPool":{"big":9},"advice":{"big":"at 3900m cpu 8 fit"}}],
                 "tails":[{"node":"big-2","pool":"big","job":"01x","pods":1,"used":{"cpu":"4"},"fill":0.125,"elastic":true,"cost":1.6}]}""");

        assertThat(muster("fragmentation").out())
                .contains(" 7.2 ", " 393Gi ", "0.40", "big: at 3900m cpu 8 fit", "big-2", "13 %");
    }

    @Test
    void nothing_is_applied_without_a_reason_nor_by_halves() {
        assertThat(muster("consolidate", "--apply").exitCode()).isEqualTo(2);
        assertThat(muster("consolidate", "--apply", "--why", "  ").exitCode()).isEqualTo(2);
        assertThat(muster("consolidate", "--node", "big-2").exitCode()).isEqualTo(2);
        assertThat(service.asked()).isEmpty();
    }

    @Test
    void what_is_applied_is_sent_with_its_reason() {
        service.on("POST /consolidation:apply", """
                {"at":"2026-11-26T00:00:00Z","automatic":false,"perHour":10,"leftThisHour":9,"gain":1.6,"proposals":[
                 {"node":"big-2","pool":"big","gain":1.6,"lostCoreHours":4,"moves":[{"job":"01x","pods":1,"wholeGang":false,"to":{"big-0":1}}]}]}""");

        Told told = muster("consolidate", "--apply", "--node", "big-2", "--why", "weekend");

        assertThat(told.exitCode()).isZero();
        assertThat(told.out()).contains("big-2", "1 of 01x to big-0");
        assertThat(service.asked()).singleElement().satisfies(asked -> assertThat(asked.body())
                .contains("\"nodes\":[\"big-2\"]", "\"why\":\"weekend\""));
    }
}
