package dev.muster.quota.fit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CellsTest {
    private record Cell(int where, List<Long> pod) {}

    @Test
    void they_hold_what_a_map_holds() {
        Random random = new Random(1);
        Eligibility[] wheres = {Eligibility.of(0, new int[] {0}), Eligibility.of(1, new int[] {0, 1})};
        Cells cells = new Cells(2);
        Map<Cell, Long> expected = new HashMap<>();
        for (int i = 0; i < 20_000; i++) {
            int where = random.nextInt(wheres.length);
            long[] pod = {random.nextInt(60), (long) random.nextInt(60) << 30};
            Cell cell = new Cell(where, List.of(pod[0], pod[1]));
            assertThat(cells.of(wheres[where], pod)).isEqualTo(expected.getOrDefault(cell, Cells.UNKNOWN));
            if (!expected.containsKey(cell)) {
                cells.put(wheres[where], pod, i);
                expected.put(cell, (long) i);
            }
            if (i == 12_000) {
                cells.clear();
                expected.clear();
            }
        }
        assertThat(expected).hasSizeGreaterThan(1_000);
    }
}
