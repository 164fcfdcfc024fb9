package dev.muster.ui;

import dev.muster.postgres.ReasonStore;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One cause for which jobs wait: how many, and what the planner says of one of them. */
public record ReasonLine(
        String code,
        long count,
        double share,
        String example,
        @Nullable String hint) {
    static List<ReasonLine> of(List<ReasonStore.Waiting> waiting) {
        long most = waiting.stream().mapToLong(ReasonStore.Waiting::jobs).max().orElse(0);
        return waiting.stream()
                .map(w -> new ReasonLine(
                        w.code(),
                        w.jobs(),
                        Bar.percent(w.jobs(), most),
                        w.newest().message(),
                        w.newest().hint()))
                .toList();
    }

    /** {@code NODES_FULL} is read "Nodes full". */
    public static String words(String code) {
        if (code.equals("OOM")) {
            return "Out of memory";
        }
        String lower = code.replace('_', ' ').toLowerCase(Locale.ROOT);
        return lower.isEmpty() ? lower : Character.toUpperCase(lower.charAt(0)) + lower.substring(1);
    }

    public String words() {
        return words(code);
    }

    public String text() {
        return String.format(Locale.ENGLISH, "%,d", count);
    }

    public String href() {
        return "/ui/jobs?reason=" + code;
    }
}
