package dev.muster.cycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.cluster.PodTemplate;
import dev.muster.job.ArrayPlace;
import dev.muster.job.Attempt;
import dev.muster.job.CompletionRules;
import dev.muster.job.Job;
import dev.muster.job.JobSpec;
import dev.muster.job.RetryRules;
import dev.muster.job.Role;
import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.PriorityClassName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.name.TeamName;
import dev.muster.quota.node.NodeAffinity;
import dev.muster.quota.resource.Resources;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a child of an array runs: that of its array, told which one it is. */
class ArrayGangTest {
    private static final JobId ARRAY = new JobId("01m8cc2tas9nt13wtp7r01e2qd");
    private static final ArrayPlace PLACE = new ArrayPlace(ARRAY, 7, 100, 3);
    private static final RoleName WORKER = new RoleName("worker");
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void its_index_stands_in_its_variables_and_in_the_place_of_words() {
        JobId id = new JobId("01m8cc31k69r5ayxrerssk2468");
        Job job = Job.accepted(id, new TeamName("vision"), spec().in(PLACE), 0, "test", NOW);
        Attempt attempt = Attempt.launching(
                new AttemptId(id, 1), Map.of(WORKER, Map.of(new PoolName("pool"), 1)), NOW, NOW.plusSeconds(60));

        PodTemplate pod = Gangs.of(job, attempt).members().get(0).template();

        assertThat(job.spec().name()).isEqualTo("shards-7");
        assertThat(pod.args()).containsExactly("--shard=7/100", "{{ not.ours }}");
        assertThat(pod.env())
                .containsEntry("OUT", "s3://out/" + ARRAY + "/7")
                .containsEntry("MUSTER_ARRAY", ARRAY.value())
                .containsEntry("MUSTER_ARRAY_INDEX", "7")
                .containsEntry("MUSTER_ARRAY_SIZE", "100");
        assertThat(job.spec().roles())
                .as("what it asks is that of every child")
                .isSameAs(spec().in(PLACE.at(1)).roles());
    }

    @Test
    void a_word_of_arrays_that_is_none_is_told_with_those_that_are() {
        assertThatThrownBy(() -> PLACE.fill("{{ array.number }}"))
                .hasMessage("'{{ array.number }}': expected one of array.index, array.size, array.id");
        assertThat(PLACE.fill("{{array.index}} {{ interval.start }}")).isEqualTo("7 {{ interval.start }}");
    }

    private static final List<Role> ROLES = List.of(new Role(
            WORKER,
            1,
            1,
            false,
            new PodTemplate(
                    null,
                    List.of(),
                    List.of("--shard={{ array.index }}/{{ array.size }}", "{{ not.ours }}"),
                    Map.of("OUT", "s3://out/{{ array.id }}/{{ array.index }}"),
                    List.of(),
                    List.of(),
                    null,
                    Resources.of("cpu", 1000),
                    NodeAffinity.ANY,
                    List.of(),
                    Map.of(),
                    Map.of())));

    private static JobSpec spec() {
        return new JobSpec(
                "shards",
                new QueueName("vision"),
                new PriorityClassName("routine"),
                ROLES,
                null,
                null,
                Duration.ofMinutes(1),
                Duration.ofMinutes(1),
                null,
                RetryRules.NONE,
                new CompletionRules(Set.of(WORKER), Map.of()),
                Map.of(),
                Map.of());
    }
}
