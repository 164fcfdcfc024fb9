package dev.muster.cli.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.cli.BadInput;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MuriReaderTest {
    private static final String HEADER = "job_id,num_gpu,submit_time,model_name,duration,priority\n";

    private static Collected read(String text) throws IOException {
        return Collected.of(new MuriReader(), text);
    }

    @Test
    void microseconds_become_times_and_gpus_become_pods() throws IOException {
        assertThat(read(HEADER + "12,16,27069000,bert,1453510500,1\n").jobs)
                .containsExactly(new TraceJob(2, "12", Duration.ofMillis(27_069), Duration.ofMillis(1_453_511), 16));
    }

    @Test
    void columns_are_found_by_their_names() throws IOException {
        assertThat(read("duration,submit_time,num_gpu,job_id\n1000000,2000000,3,4\n").jobs)
                .containsExactly(new TraceJob(2, "4", Duration.ofSeconds(2), Duration.ofSeconds(1), 3));
    }

    @Test
    void a_file_of_another_format_is_refused_with_the_column_that_is_missing() {
        assertThatThrownBy(() -> read("; Version: 2.2\n1 2 3\n"))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("job_id");
    }

    @Test
    void a_trace_cut_in_the_middle_keeps_all_records_before_it() throws IOException {
        String record = "12,16,27069000,bert,1453510000,1";
        for (int cut = 1; cut < record.length(); cut++) {
            Collected read = read(HEADER + record + "\n" + record.substring(0, cut));

            assertThat(read.jobs).as("cut after %d characters", cut).hasSize(1);
            assertThat(read.kinds()).as("cut after %d characters", cut).containsExactly(Defect.Kind.TORN);
        }
    }

    @Test
    void defects_are_told_by_kind() throws IOException {
        Collected read = read(HEADER
                + "1,0,0,a,1000,0\n"
                + "2,1,-5,a,1000,0\n"
                + "3,1,0,a,-1,0\n"
                + "4,1,0,a,1000\n"
                + "5,99999999999,0,a,1000,0\n");

        assertThat(read.kinds())
                .containsExactly(
                        Defect.Kind.NO_PODS,
                        Defect.Kind.NO_ARRIVAL,
                        Defect.Kind.NO_RUN_TIME,
                        Defect.Kind.WRONG_FIELDS,
                        Defect.Kind.OUT_OF_BOUNDS);
    }

    @Test
    void an_empty_file_holds_nothing() throws IOException {
        assertThat(read("").jobs).isEmpty();
    }
}
