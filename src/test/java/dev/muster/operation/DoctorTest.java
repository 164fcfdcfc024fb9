package dev.muster.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.kubernetes.doctor.Diagnosis.Verdict;
import org.junit.jupiter.api.Test;

class DoctorTest {
    @Test
    void a_java_that_is_too_old_fails() {
        assertThat(Doctor.java(11).verdict()).isEqualTo(Verdict.FAIL);
        assertThat(Doctor.java(17).verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void little_room_is_a_warning_only_where_a_database_lives_in_it() {
        assertThat(Doctor.disk(".muster", 1 << 20, true, true).verdict()).isEqualTo(Verdict.WARN);
        assertThat(Doctor.disk(".muster", 1 << 20, true, false).verdict()).isEqualTo(Verdict.OK);
        assertThat(Doctor.disk(".muster", 5L << 30, true, true).seen()).isEqualTo(".muster has 5120 MiB free");
    }

    @Test
    void a_directory_that_cannot_be_written_fails() {
        assertThat(Doctor.disk("/data", 5L << 30, false, false))
                .satisfies(found -> assertThat(found.verdict()).isEqualTo(Verdict.FAIL))
                .satisfies(found -> assertThat(found.mend()).contains("muster.data"));
    }
}
