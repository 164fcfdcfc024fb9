package dev.muster.ui;

import dev.muster.api.Reason;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One cause for which jobs wait: how many, and what the planner says of one of them. */
public record ReasonLine(
        String code, long count, double share, @Nullable Reason example) {
    static List<ReasonLine> of(Map<String, Long> counts, Collection<Reason> examples) {
        long most = counts.values().stream().mapToLong(Long::longValue).max().orElse(0);
        Map<String, Reason> byCode = new HashMap<>();
        examples.forEach(reason -> byCode.putIfAbsent(reason.code(), reason));
        return counts.entrySet().stream()
                .filter(e -> e.getValue() > 0)
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(e -> new ReasonLine(
                        e.getKey(), e.getValue(), Bar.percent(e.getValue(), most), byCode.get(e.getKey())))
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
        return "/ui/jobs?state=QUEUED&reason=" + code;
    }
}
