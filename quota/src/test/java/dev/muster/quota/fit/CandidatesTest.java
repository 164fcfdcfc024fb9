package dev.muster.quota.fit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class CandidatesTest {
    private final Candidates candidates = new Candidates();

    @Property(tries = 200)
    void the_least_comes_first_whatever_was_there_before(
            @ForAll @Size(max = 200) List<Long> before, @ForAll @Size(max = 200) List<Long> numbers) {
        before.forEach(candidates::add);
        candidates.order();
        candidates.clear();
        assertThat(candidates.isEmpty()).isTrue();
        numbers.forEach(candidates::add);
        candidates.order();
        for (long least : numbers.stream().sorted().toList()) {
            assertThat(candidates.isEmpty()).isFalse();
            assertThat(candidates.takeLeast()).isEqualTo(least);
        }
        assertThat(candidates.isEmpty()).isTrue();
    }
}
