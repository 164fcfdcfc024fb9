package dev.muster.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.cli.manifest.Fields.Field;
import dev.muster.cli.manifest.Fields.Found;
import dev.muster.cli.manifest.Fields.Unknown;
import dev.muster.quota.policy.PolicyFields;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SchemaFieldsTest {
    @Test
    void every_field_of_the_policy_is_found_with_its_meaning_and_default() {
        assertThat(PolicyFields.ALL).isNotEmpty().allSatisfy(field -> {
            Field found = at("policy.spec." + field.path()).field();
            assertThat(found).isNotNull();
            assertThat(found.sentence()).contains(field.meaning(), "Default: " + field.standard());
            assertThat(at("Policy." + field.path()).field()).isEqualTo(found);
        });
        assertThat(at("policy.eviction").fields()).extracting(Field::name).contains("minRunTime", "preempt");
    }

    @Test
    void a_path_leads_through_the_lists_and_maps_of_a_scenario() {
        assertThat(at("scenario").fields()).extracting(Field::name).contains("pools", "queues", "policy");
        assertThat(at("scenario.pools").fields()).extracting(Field::name).contains("nodes");
        assertThat(at("scenario.policy.eviction").fields())
                .extracting(Field::name)
                .contains("preempt");
        assertThat(at("scenario.story").field()).isNotNull();
    }

    /** Walks all paths there are, as deep as they go without going in circles. */
    @Test
    void every_field_of_a_scenario_says_what_it_is_and_its_type() {
        Deque<String> paths = new ArrayDeque<>(Set.of("scenario"));
        Set<String> seen = new HashSet<>();
        while (!paths.isEmpty()) {
            String path = paths.pop();
            for (Field field : at(path).fields()) {
                assertThat(field.type()).as(path + "." + field.name()).isNotEmpty();
                if (path.split("\\.").length < 4 && seen.add(path + "." + field.name())) {
                    paths.push(path + "." + field.name());
                }
            }
        }
        assertThat(seen).hasSizeGreaterThan(50);
    }

    @Test
    void a_typing_error_gets_a_suggestion_and_other_kinds_are_not_meant() {
        assertThatThrownBy(() -> SchemaFields.at("policy.evction"))
                .isInstanceOfSatisfying(
                        Unknown.class, e -> assertThat(e.advice()).contains("eviction"));
        assertThat(SchemaFields.at("job.spec")).isEmpty();
    }

    private static Found at(String path) {
        return SchemaFields.at(path).orElseThrow();
    }
}
