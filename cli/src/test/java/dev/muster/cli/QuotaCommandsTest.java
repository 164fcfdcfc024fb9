package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Who waits for whom, and quota requests, as a person at a terminal sees them. */
class QuotaCommandsTest extends AtATerminal {
    @Test
    void who_waits_for_whom_is_a_row_for_each_holder() {
        service.on("GET /waits", """
                {"items":[{"queue":"vision","reason":"NODES_FULL","gangs":3,"resource":"nvidia.com/gpu","asked":"8","askedByAll":"24",
                 "own":{"used":"16","guarantee":"0","deserved":"16","borrowed":"0","idle":"0"},"limit":"40","free":"2","holders":[
                  {"queue":"speech","queues":1,"share":{"used":"20","guarantee":"0","deserved":"8","borrowed":"12","idle":"0"},"wouldGive":"8","stays":{"TOO_LARGE":"12"}},
                  {"queues":2,"share":{"used":"2","guarantee":"4","borrowed":"0","idle":"2"},"wouldGive":"0","stays":{"DESERVED":"2"}}]}]}""");

        Told told = muster("queues", "--waits", "research");

        assertThat(told.exitCode()).as(told.err()).isZero();
        assertThat(told.out().lines().toList()).hasSize(3);
        assertThat(told.out())
                .contains("vision", "speech", "12 too large", "2 other queues", "2 deserved, 2 kept idle");
        assertThat(service.asked()).first().satisfies(asked -> assertThat(asked.target())
                .contains("queue=research"));
        service.on("GET /waits", "{\"items\":[]}");
        assertThat(muster("queues", "--waits").err()).contains("No gang waits for what other queues hold");
    }

    @Test
    void a_grant_is_tried_without_being_granted() {
        service.on("POST /quotaRequests/q-1:grant", """
                {"team":"vision","queue":"vision","deserved":{"cpu":"20"},"id":"q-1","state":"GRANTED",
                 "preview":{"affected":1,"effects":[{"job":"01x","queue":"vision","kind":"LET_START",
                  "reason":{"code":"CAPABILITY_REACHED","message":"needs 4 cpu; queue vision has 0 left"}}],"above":[]}}""");

        Told told = muster("quota", "grant", "q-1", "--dry-run");

        assertThat(told.exitCode()).as(told.err()).isZero();
        assertThat(told.out()).contains("can be granted", "+20 cpu", "job 01x in vision: let start");
        assertThat(service.asked()).first().satisfies(asked -> assertThat(asked.target())
                .contains("validateOnly=true"));
    }
}
