package dev.muster.cli.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class FieldsTest {
    /** What the service gives and ignores in what is sent. */
    private static final String GIVEN = "status";

    @Test
    void every_field_of_a_file_has_its_sentence_and_none_is_left_over() {
        Set<Class<?>> records = new LinkedHashSet<>();
        Arrays.stream(Kind.values()).forEach(kind -> collect(kind.type(), records));
        Set<String> missing = new TreeSet<>();
        Set<String> used = new HashSet<>();
        for (Class<?> type : records) {
            for (RecordComponent component : type.getRecordComponents()) {
                String key = Fields.key(type, component);
                used.add(key);
                if (!Fields.known().containsKey(key)) {
                    missing.add(type.getSimpleName() + "." + component.getName());
                }
            }
        }

        assertThat(missing).isEmpty();
        assertThat(Fields.known().stringPropertyNames())
                .allSatisfy(key -> assertThat(used).contains(key));
        assertThat(Fields.known().values())
                .allSatisfy(sentence ->
                        assertThat(sentence.toString()).endsWith(".").hasSizeBetween(5, 160));
    }

    @Test
    void a_path_leads_through_lists_and_maps() {
        assertThat(Fields.at("job.spec.roles", List.of()).fields())
                .extracting(Fields.Field::name)
                .contains("count", "image");
        assertThat(Fields.at("Queue/spec/pools", List.of()).fields())
                .extracting(Fields.Field::name)
                .contains("guarantee");
        assertThat(Fields.at("schedule.spec.job.spec.retry", List.of()).fields())
                .isNotEmpty();
        assertThat(Fields.at("template.spec", List.of()).fields())
                .extracting(Fields.Field::name)
                .contains("locked");
        assertThat(Fields.at("job.spec.maxRunTime", List.of()).fields()).isEmpty();
    }

    @Test
    void a_typing_error_gets_a_suggestion() {
        assertThatThrownBy(() -> Fields.at("jbo", List.of()))
                .isInstanceOfSatisfying(
                        Fields.Unknown.class, e -> assertThat(e.advice()).contains("Job"));
        assertThatThrownBy(() -> Fields.at("job.spec.rols", List.of()))
                .isInstanceOfSatisfying(
                        Fields.Unknown.class, e -> assertThat(e.advice()).contains("roles"));
        assertThatThrownBy(() -> Fields.at("job.spec.grace.x", List.of()))
                .isInstanceOfSatisfying(
                        Fields.Unknown.class, e -> assertThat(e.advice()).contains("no fields"));
    }

    private static void collect(Class<?> type, Set<Class<?>> records) {
        if (records.add(type)) {
            Arrays.stream(type.getRecordComponents())
                    .filter(component -> !component.getName().equals(GIVEN))
                    .map(component -> Fields.below(component.getGenericType()))
                    .filter(below -> below != null)
                    .forEach(below -> collect(below, records));
        }
    }
}
