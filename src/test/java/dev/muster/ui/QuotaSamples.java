package dev.muster.ui;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Requests in every state, with hostile words. */
final class QuotaSamples {
    private QuotaSamples() {}

    static QuotaPage list() {
        return new QuotaPage(
                Samples.frame("Quota requests", "quota"),
                "",
                "vision",
                List.of(new QuotaPage.Choice("", 5, "/ui/quota?queue=vision", true)),
                List.of(
                        line("OPEN", null),
                        line("GRANTED", "deserved +cpu 5"),
                        line("DECLINED", null),
                        line("WITHDRAWN", null),
                        line("ENDED", null)),
                true,
                List.of(new QuotaPage.Mine("vision", "vision"), new QuotaPage.Mine("vision", "vision-gpu")),
                new QuotaPage.Form("vision/vision-gpu", "", Samples.HOSTILE, "", "2026-12-24T18:00", Samples.HOSTILE),
                List.of("until: " + Samples.HOSTILE));
    }

    static QuotaPage nothing() {
        return new QuotaPage(
                Samples.frame("Quota requests", "quota"),
                "",
                "",
                List.of(),
                List.of(),
                false,
                List.of(),
                QuotaPage.Form.empty(""),
                List.of());
    }

    /** With what granting it would do. */
    static QuotaRequestPage open() {
        return new QuotaRequestPage(
                Samples.frame("Request of vision", "quota"),
                line("OPEN", null),
                true,
                false,
                false,
                new QuotaRequestPage.Form("", "cpu=30", "cpu=30", "2026-12-24T18:00"),
                new QueuePage.Trial(
                        List.of(new QueuePage.Change("deserved", "cpu=10", "cpu=40")),
                        true,
                        1,
                        List.of(new QueuePage.Effect("01h0000000abcdef", "vision", "could run", Samples.HOSTILE)),
                        List.of()),
                List.of());
    }

    static QuotaRequestPage answered() {
        return new QuotaRequestPage(
                Samples.frame("Request of vision", "quota"),
                line("GRANTED", "deserved +cpu 5"),
                false,
                true,
                true,
                new QuotaRequestPage.Form("", "cpu=30", "cpu=30", ""),
                null,
                List.of(Samples.HOSTILE));
    }

    private static QuotaLine line(String state, @Nullable String granted) {
        Moment soon = new Moment(Samples.NOW.plusSeconds(90_000), Samples.NOW);
        return new QuotaLine(
                "q-" + state.toLowerCase(java.util.Locale.ROOT),
                "vision",
                "vision",
                state,
                List.of("deserved +cpu 30", "capability +cpu 30"),
                soon,
                Samples.HOSTILE,
                "ana",
                new Moment(Samples.NOW.minusSeconds(90), Samples.NOW),
                granted == null ? null : List.of(granted),
                granted == null ? null : soon,
                state.equals("OPEN")
                        ? null
                        : new QuotaLine.Answer("quinn", new Moment(Samples.NOW, Samples.NOW), Samples.HOSTILE));
    }
}
