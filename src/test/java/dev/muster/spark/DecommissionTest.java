package dev.muster.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecommissionTest {
    private static final String ON = "spark.decommission.enabled";

    @ParameterizedTest
    @CsvSource({"3.0.3,", "3.1.3, false", "3.2.4, false", "3.5.6, false", "4.1.0, false"})
    void it_is_off_where_nobody_turns_it_on(String version, String told) {
        Map<String, String> conf = conf(version, Map.of());
        assertThat(conf.get(ON)).isEqualTo(told);
        assertThat(conf).hasSize(told == null ? 0 : 1);
    }

    @ParameterizedTest
    @CsvSource({
        "3.1.3, enabled storage rdd shuffle",
        "3.2.4, enabled storage rdd shuffle",
        "3.3.4, enabled storage rdd shuffle label value",
        "3.4.4, enabled storage rdd shuffle label value ignore retained",
        "3.5.6, enabled storage rdd shuffle label value ignore retained",
        "4.1.0, enabled storage rdd shuffle label value ignore retained"
    })
    void turned_on_each_version_is_told_what_it_understands(String version, String words) {
        Map<String, String> known = Map.of(
                "enabled", ON,
                "storage", "spark.storage.decommission.enabled",
                "rdd", "spark.storage.decommission.rddBlocks.enabled",
                "shuffle", "spark.storage.decommission.shuffleBlocks.enabled",
                "label", "spark.kubernetes.executor.decommissionLabel",
                "value", "spark.kubernetes.executor.decommissionLabelValue",
                "ignore", "spark.stage.ignoreDecommissionFetchFailure",
                "retained", "spark.scheduler.maxRetainedRemovedDecommissionExecutors");
        TreeSet<String> expected = new TreeSet<>();
        for (String word : words.split(" ")) {
            expected.add(known.get(word));
        }
        assertThat(new TreeSet<>(conf(version, Map.of(ON, "true")).keySet())).isEqualTo(expected);
    }

    @Test
    void what_the_user_says_wins() {
        String shuffle = "spark.storage.decommission.shuffleBlocks.enabled";
        assertThat(conf("3.5.6", Map.of(ON, "true", shuffle, "false"))).containsEntry(shuffle, "false");
    }

    @Test
    void a_key_that_a_version_would_pass_over_in_silence_is_refused() {
        assertThat(Decommission.unknown(ON, SparkVersion.parse("3.0.3")))
                .contains("Spark 3.0 does not know it: expected 3.1 or newer");
        assertThat(Decommission.unknown("spark.executor.decommission.forceKillTimeout", SparkVersion.parse("3.1.3")))
                .isPresent();
        assertThat(Decommission.unknown("spark.executor.decommission.forceKillTimeout", SparkVersion.parse("3.2.0")))
                .isEqualTo(Optional.empty());
        assertThat(Decommission.unknown("spark.sql.shuffle.partitions", SparkVersion.parse("3.0.0")))
                .isEqualTo(Optional.empty());
    }

    private static Map<String, String> conf(String version, Map<String, String> said) {
        Map<String, String> conf = new HashMap<>(said);
        Decommission.add(conf, SparkVersion.parse(version));
        return conf;
    }
}
