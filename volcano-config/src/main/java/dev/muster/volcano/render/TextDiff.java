package dev.muster.volcano.render;

import java.util.ArrayList;
import java.util.List;

/** How one text becomes another, line by line: " " stays, "-" goes, "+" comes. */
public final class TextDiff {
    /** Beyond so many pairs of lines it is not compared, only shown as all gone and all new. */
    private static final long MOST = 4_000_000;

    private TextDiff() {}

    /** Empty where nothing differs. */
    public static List<String> of(String from, String to) {
        List<String> before = from.lines().map(String::stripTrailing).toList();
        List<String> after = to.lines().map(String::stripTrailing).toList();
        if (before.equals(after)) {
            return List.of();
        }
        List<String> shown = new ArrayList<>();
        if ((long) before.size() * after.size() > MOST) {
            before.forEach(line -> shown.add("-" + line));
            after.forEach(line -> shown.add("+" + line));
            return shown;
        }
        int[][] common = common(before, after);
        int i = 0;
        int j = 0;
        while (i < before.size() || j < after.size()) {
            if (i < before.size() && j < after.size() && before.get(i).equals(after.get(j))) {
                shown.add(" " + before.get(i++));
                j++;
            } else if (j == after.size() || i < before.size() && common[i + 1][j] >= common[i][j + 1]) {
                shown.add("-" + before.get(i++));
            } else {
                shown.add("+" + after.get(j++));
            }
        }
        return shown;
    }

    /** Length of the longest common part from each pair of lines on. */
    private static int[][] common(List<String> before, List<String> after) {
        int[][] common = new int[before.size() + 1][after.size() + 1];
        for (int i = before.size() - 1; i >= 0; i--) {
            for (int j = after.size() - 1; j >= 0; j--) {
                common[i][j] = before.get(i).equals(after.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        return common;
    }
}
