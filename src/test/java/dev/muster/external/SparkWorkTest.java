package dev.muster.external;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.cluster.ExternalRef;
import dev.muster.cluster.ExternalWork;
import dev.muster.cluster.PodTemplate;
import dev.muster.job.JobSpec;
import dev.muster.job.Role;
import dev.muster.quota.name.PriorityClassName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.node.NodeAffinity;
import dev.muster.quota.resource.Resources;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a SparkApplication of the operator asks for, as Spark counts it, and who makes which of its pods. */
class SparkWorkTest {
    private static final long MEBI = 1L << 20;

    @Test
    void an_application_is_a_driver_that_the_operator_makes_and_executors_that_the_driver_does() {
        JobSpec spec = spec("""
                {"type":"Python","sparkVersion":"3.5.6","driver":{"cores":1,"coreRequest":"500m","memory":"512m"},
                 "executor":{"instances":8,"cores":2,"memory":"4g"}}""");
        Role driver = spec.roles().get(0);
        Role executor = spec.roles().get(1);
        assertThat(driver.leader()).isTrue();
        assertThat(driver.pod().isMadeByOperator()).isTrue();
        assertThat(driver.pod().isMadeByLeader()).isFalse();
        assertThat(driver.pod().resources()).isEqualTo(Resources.cpuAndMemory(500, 896 * MEBI));
        assertThat(executor.minimum()).isEqualTo(8);
        assertThat(executor.maximum()).isEqualTo(8);
        assertThat(executor.pod().isMadeByLeader()).isTrue();
        assertThat(executor.pod().resources()).isEqualTo(Resources.cpuAndMemory(2000, (4096 + 1638) * MEBI));
        assertThat(ExternalRef.of(executor.pod().annotations())).isPresent();
        assertThat(spec.completion().succeedWith()).containsExactly(new RoleName("driver"));
        assertThat(spec.completion().toleratedFailures()).containsEntry(new RoleName("executor"), 8);
    }

    @Test
    void fields_win_over_settings_and_settings_fill_in() {
        JobSpec spec = spec("""
                {"type":"Scala","sparkVersion":"3.4.0","memoryOverheadFactor":"0.2",
                 "sparkConf":{"spark.executor.memory":"8g","spark.driver.memory":"9g","spark.executor.instances":"5",
                              "spark.memory.offHeap.size":"1g"},
                 "driver":{"memory":"10g"},"executor":{"memoryOverhead":"1g"}}""");
        assertThat(spec.roles().get(0).pod().resources().amount(Resources.MEMORY))
                .isEqualTo((10_240 + 2_048) * MEBI);
        assertThat(spec.roles().get(1).minimum()).isEqualTo(5);
        assertThat(spec.roles().get(1).pod().resources().amount(Resources.MEMORY))
                .isEqualTo((8_192 + 1_024 + 1_024) * MEBI);
    }

    @Test
    void with_dynamic_allocation_those_that_spark_never_lets_go_are_the_gang() {
        JobSpec spec = spec("""
                {"type":"Java","sparkVersion":"3.5.0","driver":{},"executor":{"instances":3},
                 "dynamicAllocation":{"enabled":true,"minExecutors":2,"initialExecutors":4,"maxExecutors":40}}""");
        assertThat(spec.roles().get(1).minimum()).isEqualTo(2);
        assertThat(spec.roles().get(1).maximum()).isEqualTo(40);
        assertThat(spec.roles().get(1).pod().isMadeByLeader()).isTrue();
        assertThat(spec.roles().get(1).pod().isMadeAtWill()).isFalse();
    }

    @Test
    void where_spark_may_let_all_of_them_go_one_is_the_gang_and_not_missed() {
        JobSpec spec = spec("""
                {"type":"Java","sparkVersion":"3.5.0","driver":{},"executor":{},
                 "dynamicAllocation":{"enabled":true,"initialExecutors":4,"maxExecutors":40}}""");
        assertThat(spec.roles().get(1).minimum()).isEqualTo(1);
        assertThat(spec.roles().get(1).maximum()).isEqualTo(40);
        assertThat(spec.roles().get(1).pod().isMadeByLeader()).isTrue();
        assertThat(spec.roles().get(1).pod().isMadeAtWill()).isTrue();
    }

    @Test
    void the_port_of_its_page_is_known_where_it_is_not_the_usual_one() {
        String spec = "{\"type\":\"Java\",\"sparkVersion\":\"3.5.0\",\"sparkConf\":{\"spark.ui.port\":\"%s\"}}";
        assertThat(spec(spec.formatted("4041")).annotations()).containsEntry(ExternalRef.PAGE_PORT, "4041");
        for (String wrong : List.of("0", "70000", "none", "-1")) {
            assertThat(spec(spec.formatted(wrong)).annotations()).doesNotContainKey(ExternalRef.PAGE_PORT);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"type\":\"Cobol\",\"sparkVersion\":\"3.5.0\"} | spec.type 'Cobol'",
                "{\"type\":\"Java\",\"sparkVersion\":\"latest\"} | spec.sparkVersion 'latest'",
                "{\"type\":\"Java\",\"sparkVersion\":\"3.5.0\",\"driver\":{\"memory\":\"1Gi\"}} | spec.driver.memory '1Gi'",
                "{\"type\":\"Java\",\"sparkVersion\":\"3.5.0\",\"executor\":{\"coreRequest\":\"half\"}} | spec.executor.coreRequest 'half'",
                "{\"type\":\"Java\",\"sparkVersion\":\"3.5.0\",\"executor\":{\"instances\":\"many\"}} | spec.executor.instances 'many'"
            })
    void what_cannot_be_understood_is_told_by_its_field(String spec, String told) {
        assertThatThrownBy(() -> spec(spec))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(told);
    }

    private static JobSpec spec(String spec) {
        ExternalRef ref = new ExternalRef(ExternalRef.Kind.SPARK_APPLICATION, "vision-jobs", "pi", "uid-1");
        PodTemplate bare = new PodTemplate(
                null,
                List.of(),
                List.of(),
                Map.of(),
                List.of(),
                List.of(),
                null,
                Resources.NONE,
                NodeAffinity.ANY,
                List.of(),
                Map.of(),
                ref.annotations());
        return ExternalAcceptance.spec(new ExternalWork(
                ref,
                "ada",
                new QueueName("vision"),
                new PriorityClassName("routine"),
                List.of(
                        new ExternalWork.Role(new RoleName("driver"), 1, bare),
                        new ExternalWork.Role(new RoleName("executor"), 1, bare)),
                true,
                ExternalWork.Phase.HELD,
                "{\"spec\":" + spec + "}"));
    }
}
