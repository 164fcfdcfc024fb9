package dev.muster.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FailuresTest {
    @Test
    void a_driver_that_runs_and_does_not_make_its_executors_is_told_as_the_reason() {
        Given given = new Given()
                .leader("driver")
                .madeByLeader("executor", 3)
                .running("driver", 5)
                .schedulerSays("1/1 tasks in gang");

        assertThat(message(given))
                .startsWith(
                        "the gang did not start within 1m: its leader runs and has not made all 3 pods of role executor");
    }

    @Test
    void where_all_are_made_the_scheduler_has_the_word() {
        Given given = new Given()
                .leader("driver")
                .madeByLeader("executor", 1)
                .running("driver", 5)
                .pending("executor")
                .schedulerSays("3 nodes are full");

        assertThat(message(given)).isEqualTo("the gang did not start within 1m: 3 nodes are full");
    }

    private static String message(Given given) {
        return Failures.notStarted(given.spec(), given.seen()).message();
    }
}
