package dev.muster.ui;

import dev.muster.api.DoctorReport;
import java.util.List;
import java.util.Locale;

/** What the doctor found, the worst first. */
public record HealthPage(Frame frame, String verdict, List<Line> lines) {
    /** The answer to one question. */
    public record Line(String check, String css, String verdict, String seen, String mend) {}

    private static final List<String> WORST_FIRST = List.of("FAIL", "WARN", "OK");

    static HealthPage of(Frame frame, DoctorReport report) {
        return new HealthPage(
                frame,
                report.verdict().toLowerCase(Locale.ROOT),
                report.checks().stream()
                        .sorted(java.util.Comparator.comparingInt(one -> WORST_FIRST.indexOf(one.verdict())))
                        .map(one -> new Line(one.check(), css(one.verdict()), one.verdict(), one.seen(), one.mend()))
                        .toList());
    }

    private static String css(String verdict) {
        return verdict.equals("OK") ? "succeeded" : verdict.equals("WARN") ? "queued" : "failed";
    }
}
