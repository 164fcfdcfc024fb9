package dev.muster.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Memory as Spark works it out. The values are Spark's own: of BasicDriverFeatureStepSuite and BasicExecutorFeatureStepSuite
 * (456, 1408, 1450), of the documentation of memoryOverheadFactor, and of what spark-submit 3.5.6 asked of a real API server.
 */
class SparkMemoryTest {
    @ParameterizedTest
    @CsvSource(nullValues = "-", delimiter = '|', textBlock = """
            # language | version | heap  | overhead | factor | off-heap | pyspark | the driver | an executor
            SCALA      | 3.5.6   | 256M  | 200m     | -      | -        | -       | 456        | 456
            SCALA      | 3.5.6   | 1g    | -        | -      | -        | -       | 1408       | 1408
            PYTHON     | 3.5.6   | 1g    | -        | -      | -        | 42m     | 1433       | 1475
            SCALA      | 3.5.6   | 1g    | -        | -      | 42m      | -       | 1408       | 1450
            SCALA      | 3.0.3   | 1g    | -        | -      | 42m      | -       | 1408       | 1408
            PYTHON     | 3.5.6   | 512m  | -        | -      | -        | -       | 896        | 896
            PYTHON     | 3.5.6   | 960m  | -        | -      | -        | -       | 1344       | 1344
            PYTHON     | 3.5.6   | 961m  | -        | -      | -        | -       | 1345       | 1345
            R          | 3.5.6   | 10g   | -        | -      | -        | -       | 14336      | 14336
            JAVA       | 3.5.6   | 3840m | -        | -      | -        | -       | 4224       | 4224
            JAVA       | 3.5.6   | 3850m | -        | -      | -        | -       | 4235       | 4235
            JAVA       | 3.5.6   | 8g    | -        | -      | -        | -       | 9011       | 9011
            JAVA       | 3.5.6   | 8g    | -        | 0.2    | -        | -       | 9830       | 9830
            PYTHON     | 3.5.6   | 8g    | -        | 0.2    | -        | -       | 9830       | 9830
            SCALA      | 4.0.1   | 8g    | 1g       | 0.5    | -        | -       | 9216       | 9216
            """)
    void is_heap_and_overhead_and_what_lies_beside(
            SparkLanguage language,
            String version,
            String heap,
            String overhead,
            Double factor,
            String offHeap,
            String pyspark,
            long driver,
            long executor) {
        SparkPod pod = new SparkPod(
                1,
                null,
                SparkSize.mebibytes(heap),
                overhead == null ? null : Long.valueOf(SparkSize.mebibytes(overhead)),
                offHeap == null ? null : Long.valueOf(SparkSize.mebibytes(offHeap)),
                pyspark == null ? null : Long.valueOf(SparkSize.mebibytes(pyspark)),
                Applications.BARE);
        assertThat(SparkMemory.ofDriver(pod, language, factor).total()).isEqualTo(driver);
        assertThat(SparkMemory.ofExecutor(pod, language, factor, SparkVersion.parse(version))
                        .total())
                .isEqualTo(executor);
    }

    @ParameterizedTest
    @CsvSource({
        "512, 512",
        "512m, 512",
        "512M, 512",
        "512mb, 512",
        "1g, 1024",
        "2GB, 2048",
        "1t, 1048576",
        "2048k, 2",
        "1048576b, 1",
        "1049599kb, 1024"
    })
    void a_size_has_sparks_units(String text, long mebibytes) {
        assertThat(SparkSize.mebibytes(text)).isEqualTo(mebibytes);
        assertThat(SparkSize.mebibytes(SparkSize.text(mebibytes))).isEqualTo(mebibytes);
    }

    @ParameterizedTest
    @CsvSource({
        "1Gi",
        "512Mi",
        "0.5g",
        "-1g",
        "''",
        "g",
        "1 g",
        "0",
        "1000b",
        "99999999999999999g",
        "9999999t",
        "1e3m",
        "٣g"
    })
    void what_spark_would_not_read_is_no_size(String text) {
        assertThatThrownBy(() -> SparkSize.mebibytes(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_version_tells_what_spark_can_do() {
        assertThat(SparkVersion.parse("3.5.6").isAtLeast(3, 2)).isTrue();
        assertThat(SparkVersion.parse("3.10").isAtLeast(3, 2)).isTrue();
        assertThat(SparkVersion.parse("4.0.0-preview2").isAtLeast(3, 5)).isTrue();
        assertThat(SparkVersion.parse("3.1.1").isAtLeast(3, 2)).isFalse();
        assertThatThrownBy(() -> SparkVersion.parse("2.4.8")).hasMessageContaining("3.0 or newer");
        assertThatThrownBy(() -> SparkVersion.parse("latest")).hasMessageContaining("such as 3.5.6");
    }
}
