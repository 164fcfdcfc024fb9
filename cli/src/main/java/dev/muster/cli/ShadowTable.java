package dev.muster.cli;

import dev.muster.api.PolicyShadow;
import dev.muster.api.Reason;
import dev.muster.cli.screen.Screen;
import dev.muster.cli.screen.Span;
import dev.muster.cli.screen.Table;
import dev.muster.cli.screen.Text;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a policy in the shadow would do otherwise, for people. */
final class ShadowTable {
    private final Screen screen;

    ShadowTable(Screen screen) {
        this.screen = screen;
    }

    void show(PolicyShadow shadow) {
        screen.print("Planned in the shadow since %s by %s: %s"
                .formatted(Span.date(shadow.since()), shadow.actor(), Text.plain(shadow.why())));
        screen.print("%d of %d plans differ. Only in force: %s. Only in the shadow: %s."
                .formatted(shadow.differing(), shadow.plans(), shadow.onlyInForce(), shadow.onlyShadow()));
        if (shadow.latest().isEmpty()) {
            return;
        }
        Table table = new Table("AT", "JOB", "IN FORCE", "SHADOW", "WHY");
        for (PolicyShadow.Difference difference : shadow.latest()) {
            Reason reason = difference.shadowReason() == null ? difference.inForceReason() : difference.shadowReason();
            table.row(
                    Span.clock(difference.at()),
                    difference.job(),
                    lower(difference.inForce()),
                    lower(difference.shadow()),
                    text(reason));
        }
        table.print(screen);
    }

    private static String lower(String act) {
        return act.toLowerCase(Locale.ROOT);
    }

    private static String text(@Nullable Reason reason) {
        return reason == null ? "" : Text.plain(reason.message());
    }
}
