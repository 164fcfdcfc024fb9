package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Who may make pools grow, and who gave way to whom, as an operator at a terminal sees them. */
class PlannerCommandsTest extends AtATerminal {
    private static String permits() {
        Instant now = Instant.now();
        return """
                {"items":[{"offering":"spot-a/spot/-/-","pool":"spot-a",
                 "holders":[{"job":"01jd0000000000000000000000","queue":"vision","nodes":3,"bound":2,"pods":8,"since":"%s","until":"%s"}],
                 "waiting":[{"job":"01jd0000000000000000000001","queue":"nlp\\u001b[31m","priority":2,"since":"%s"}]}]}""".formatted(now.minusSeconds(125), now.plusSeconds(3_650), now.minusSeconds(4_000));
    }

    private static final String PREEMPTIONS = """
            {"items":[
             {"at":"2026-11-27T10:00:00Z","team":"nlp","queue":"nlp","job":"01jd0000000000000000000000","name":"sweep","attempt":1,"code":"RECLAIMED",
              "message":"its owner wants it back","pods":4,"lostCoreHours":2.5,"taker":"01jd0000000000000000000001","takerName":"train","takerTeam":"vision"},
             {"at":"2026-11-27T09:00:00Z","team":"data","job":"01jd0000000000000000000002","name":"etl","attempt":2,"code":"CUT",
              "message":"its queue holds more than it may","pods":1,"lostCoreHours":0.25}]}""";

    @Test
    void permits_are_shown_with_who_holds_them_for_how_long_and_who_waits() {
        service.on("GET /planner/permits", permits());

        Told told = muster("permits");

        assertThat(told.exitCode()).as(told.err()).isZero();
        assertThat(told.out().lines().toList()).hasSize(3);
        assertThat(told.out().lines().skip(1).findFirst().orElseThrow())
                .startsWith("spot-a/spot/-/-")
                .contains("vision", " 3 ", "2 of 8", "2m0", "1h00m");
        assertThat(told.out()).contains("waits", "1h06m").doesNotContain("\u001b");
    }

    @Test
    void without_permits_that_is_said_and_programs_get_none() {
        service.on("GET /planner/permits", "{\"items\":[]}");

        assertThat(muster("permits").err()).contains("No gang waits for nodes");
        assertThat(muster("permits", "-o", "json").out().strip()).isEqualTo("[ ]");
    }

    @Test
    void who_gave_way_is_shown_with_whom_for_and_what_was_lost() {
        service.on("GET /planner/preemptions", PREEMPTIONS);

        Told told = muster("preemptions", "--days", "1");

        assertThat(told.exitCode()).as(told.err()).isZero();
        assertThat(told.out().lines().toList()).hasSize(3);
        assertThat(told.out().lines().skip(1).findFirst().orElseThrow())
                .contains("sweep", "nlp", " 4 ", "2.50", "train", "vision", "RECLAIMED");
        assertThat(told.out().lines().skip(2).findFirst().orElseThrow()).contains("etl", " - ", "CUT");
        assertThat(told.err()).contains("2 gave way; 2.75 core-hours");
        assertThat(service.asked()).singleElement().satisfies(asked -> assertThat(asked.target())
                .contains("from="));
    }

    @Test
    void of_one_team_and_for_programs() {
        service.on("GET /planner/preemptions", PREEMPTIONS);

        assertThat(muster("preemptions", "--team", "data").out())
                .contains("etl")
                .doesNotContain("sweep");
        assertThat(muster("preemptions", "-o", "json").out())
                .startsWith("[")
                .contains("\"message\" : \"its owner wants it back\"");
        assertThat(muster("preemptions", "--team", "nobody").err()).contains("Nobody gave way");
        assertThat(muster("preemptions", "--days", "0").exitCode()).isEqualTo(2);
    }
}
