package dev.muster.ui;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One request: what was asked, what became of it, and for who may answer what granting it would do ({@code trial}; {@code faults}: why
 * it cannot be granted).
 */
public record QuotaRequestPage(
        Frame frame,
        QuotaLine request,
        boolean mayAnswer,
        boolean mayWithdraw,
        boolean mayEnd,
        Form form,
        QueuePage.@Nullable Trial trial,
        List<String> faults) {
    /** What would be granted. */
    public record Form(String guarantee, String deserved, String capability, String until) {}

    public String grantLine() {
        return "muster quota grant %s --dry-run".formatted(request.id());
    }

    public String zone() {
        return Zones.name(frame.zone());
    }
}
