package dev.muster.ui;

import dev.muster.rights.CallFacts;
import dev.muster.rights.Change;
import dev.muster.rights.RecordedChange;
import java.time.Instant;
import java.util.List;

/** Changes by an operator and by the service, with hostile names and reasons. */
final class AuditSamples {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private AuditSamples() {}

    static AuditPage found() {
        CallFacts facts = new CallFacts(
                "ISSUED_TOKEN", "5f0c1a77be31", "10.1.2.3", "<i>curl</i>", "0af7651916cd43dd8448eb211c80319c");
        return new AuditPage(
                Samples.frame("Changes", "audit"),
                AuditPage.Wanted.of("ana", null, "\"><script>", null),
                List.of(
                        line(
                                2,
                                new Change(
                                        NOW.minusSeconds(60),
                                        "ana",
                                        "QUEUE_CHANGED",
                                        null,
                                        "vision",
                                        "{\"weight\":1}",
                                        "{\"weight\":\"<script>alert(1)</script>\"}",
                                        "more </pre> for vision"),
                                facts),
                        line(
                                1,
                                new Change(
                                        NOW.minusSeconds(90_000), "bob", "SIGNED_IN", "team", "bob", null, null, null),
                                null)),
                "/ui/audit?actor=ana&before=1",
                "/api/v1/audit?format=csv");
    }

    static AuditPage nothing() {
        return new AuditPage(
                Samples.frame("Changes", "audit"),
                AuditPage.Wanted.of(null, null, null, null),
                List.of(),
                null,
                "/api/v1/audit?format=csv");
    }

    private static AuditPage.Line line(long id, Change change, CallFacts facts) {
        return AuditPage.Line.of(new RecordedChange(id, change, facts), NOW);
    }
}
