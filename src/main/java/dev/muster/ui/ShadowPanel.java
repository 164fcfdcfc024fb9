package dev.muster.ui;

import dev.muster.cycle.Shadow;
import dev.muster.quota.plan.Reason;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a policy that only plans would do otherwise, in sentences. */
public record ShadowPanel(String why, String actor, long plans, long differing, List<Line> latest) {
    private static final int MOST = 5;

    /** One job of which it would make something else. */
    public record Line(
            String job,
            String href,
            String sentence,
            @Nullable String reason) {}

    static ShadowPanel of(Shadow.Report report) {
        return new ShadowPanel(
                report.policy().why(),
                report.policy().actor(),
                report.plans(),
                report.differing(),
                report.latest().stream().limit(MOST).map(ShadowPanel::line).toList());
    }

    private static Line line(Shadow.Found found) {
        var difference = found.difference();
        Reason reason = difference.shadowReason() == null ? difference.realReason() : difference.shadowReason();
        return new Line(
                difference.job().value(),
                "/ui/jobs/" + difference.job(),
                "%s in force, %s in the shadow".formatted(lower(difference.real()), lower(difference.shadow())),
                reason == null ? null : reason.message());
    }

    private static String lower(Enum<?> act) {
        return act.name().toLowerCase(Locale.ROOT);
    }
}
