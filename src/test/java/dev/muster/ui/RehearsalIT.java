package dev.muster.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.ServiceProcess;
import java.net.http.HttpRequest;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A rehearsal that takes long, having little of a processor, as the one who asked for it and a second person see it: how far it is, and that it ends when it is taken back. */
class RehearsalIT {
    private static final int JOBS = 3_000;

    private static ServiceProcess service;
    private static Person otto;
    private static Person olga;

    /** A load that takes longest to decide one launch at a time, which is what is tried. */
    @BeforeAll
    static void a_service_with_a_past_and_two_operators() throws Exception {
        Stage.chromium();
        service = ServiceProcess.create()
                .with("muster.rehearsals.processor", "0.03")
                .start();
        Stage.put(service, "pools/past", "{'spec':{'nodes':100,'resources':{'cpu':'64','memory':'256Gi'}}}");
        Stage.put(service, "queues/past", "{'spec':{}}");
        Stage.put(service, "teams/past", "{'spec':{'queue':'past'}}");
        assertThat(service.send(service.request("/api/v1/policy?why=all+at+once")
                                .header("Content-Type", "application/json")
                                .header("If-Match", "*")
                                .PUT(HttpRequest.BodyPublishers.ofString("{\"spec\":{\"maxLaunches\":" + JOBS + "}}"))
                                .build())
                        .statusCode())
                .isEqualTo(200);
        Stage.post(
                service,
                "/api/v1/teams/past/jobs:batchCreate",
                IntStream.range(0, JOBS)
                        .mapToObj(i ->
                                "{'metadata':{'name':'past-%d','annotations':{'simulation.muster.dev/run-time':'1s'}},'spec':{'roles':[{'name':'w','resources':{'cpu':'1'}}]}}"
                                        .formatted(i))
                        .collect(Collectors.joining(",", "{'jobs':[", "]}")));
        otto = Person.signsIn(service, "otto", "OPERATOR", "*");
        olga = Person.signsIn(service, "olga", "OPERATOR", "*");
        otto.opens("/ui");
        otto.holds("document.querySelector('#n-SUCCEEDED b').textContent === '3,000'");
    }

    @AfterAll
    static void they_go() throws Exception {
        for (AutoCloseable one : new AutoCloseable[] {otto, olga, service}) {
            if (one != null) {
                one.close();
            }
        }
    }

    @Test
    void both_see_how_far_it_is_and_that_it_was_taken_back_and_the_place_is_free_again() {
        tries(otto, "maxLaunches=1");
        otto.clicks("Simulate it");
        otto.sees("Being computed");
        otto.holds("document.querySelector('progress').value > 0");
        String address = otto.address();

        tries(olga, "maxLaunches=150");
        olga.sees("One policy is simulated at a time");
        assertThat(olga.isOffered("Simulate it")).isFalse();
        olga.clicks("that of otto");
        olga.sees("asked for by otto");
        assertThat(olga.address()).isEqualTo(address);
        olga.holds(
                "(window.first ??= document.querySelector('progress').value) < document.querySelector('progress').value");
        assertThat(otto.isOffered("Cancel it")).isTrue();

        otto.clicks("Cancel it");
        otto.sees("It was taken back");
        olga.sees("It was taken back");
        assertThat(olga.isOffered("Cancel it")).isFalse();

        tries(olga, "maxLaunches=150");
        olga.clicks("Simulate it");
        olga.sees("asked for by olga");
        olga.holds("document.querySelector('.head .tag').textContent === 'running'");
        olga.clicks("Cancel it");
        olga.sees("It was taken back");
    }

    private static void tries(Person operator, String values) {
        operator.opens("/ui/policy");
        operator.types("Values", values);
        operator.clicks("Try it");
        operator.sees("What would be different");
    }
}
