package dev.muster.quota.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.quota.name.JobId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;

class RosterTest {
    private record Named(JobId id, int version) {}

    private static JobId id(int number) {
        return new JobId("j%06d".formatted(number));
    }

    private static List<Named> notIn(Roster<Named> some, Roster<Named> others) {
        Set<Named> these = Collections.newSetFromMap(new IdentityHashMap<>());
        these.addAll(some);
        return others.stream().filter(each -> !these.contains(each)).toList();
    }

    @Property(tries = 300, shrinking = ShrinkingMode.OFF, seed = Law.SEED)
    void it_holds_what_a_sorted_map_holds_and_tells_what_changed(@ForAll long seed) {
        Random random = new Random(seed);
        RosterEditor<Named> editor = new RosterEditor<>(Named::id, null);
        Map<JobId, Named> expected = new TreeMap<>();
        Map<JobId, Named> followed = new HashMap<>();
        Roster<Named> before = editor.freeze();
        int range = 1 + random.nextInt(3_000);
        for (int round = 0; round < 6; round++) {
            boolean shrinks = random.nextInt(3) == 0;
            for (int i = random.nextInt(2 * range); i > 0; i--) {
                Named element = new Named(id(random.nextInt(range)), i);
                if (random.nextInt(4) == 0 || shrinks) {
                    editor.remove(element.id());
                    expected.remove(element.id());
                } else {
                    editor.put(element);
                    expected.put(element.id(), element);
                }
            }
            Roster<Named> now = editor.freeze();
            Roster<Named> then = before;
            List<Named> gone = new ArrayList<>();
            List<Named> come = new ArrayList<>();
            before.differences(
                    now,
                    (chunk, at) -> gone.add(then.get(then.start(chunk) + at)),
                    (chunk, at) -> come.add(now.get(now.start(chunk) + at)));
            assertThat(gone).containsExactlyElementsOf(notIn(now, before));
            assertThat(come).containsExactlyElementsOf(notIn(before, now));
            before.changesTo(now, (was, is) -> {
                assertThat(followed.get(was == null ? is.id() : was.id())).isSameAs(was);
                if (is == null) {
                    followed.remove(was.id());
                } else {
                    followed.put(is.id(), is);
                }
            });
            assertThat(now).containsExactlyElementsOf(expected.values());
            assertThat(followed).isEqualTo(new HashMap<>(expected));
            List<Named> byPlace = new ArrayList<>();
            expected.keySet().forEach(id -> byPlace.add(now.get(now.find(id))));
            assertThat(byPlace).containsExactlyElementsOf(expected.values());
            before = now;
        }
    }

    @Test
    void what_was_frozen_stays_as_it_was_and_shares_what_did_not_change() {
        RosterEditor<Named> editor = new RosterEditor<>(Named::id, null);
        for (int i = 0; i < 10_000; i++) {
            editor.put(new Named(id(i), 0));
        }
        Roster<Named> before = editor.freeze();
        assertThat(editor.freeze()).isSameAs(before);
        editor.put(new Named(id(5_000), 1));
        editor.remove(id(7));
        Roster<Named> after = editor.freeze();
        assertThat(before).hasSize(10_000);
        assertThat(after).hasSize(9_999);
        assertThat(after.find(id(7))).isNegative();
        int shared = 0;
        for (int chunk = 0; chunk < Math.min(before.chunks(), after.chunks()); chunk++) {
            shared += before.chunk(chunk) == after.chunk(chunk) ? 1 : 0;
        }
        assertThat(shared).isEqualTo(before.chunks() - 2);
    }
}
