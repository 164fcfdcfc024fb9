package dev.muster.ui;

import dev.muster.rights.CallFacts;
import dev.muster.rights.Change;
import dev.muster.rights.RecordedChange;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The record of changes for people: what was looked for, a page of what was found, and where all of it is. */
public record AuditPage(
        Frame frame,
        Wanted wanted,
        List<Line> lines,
        @Nullable String nextHref,
        String exportHref) {
    private static final Map<String, String> PAGES = Map.of(
            "JOB_", "/ui/jobs/",
            "QUEUE_", "/ui/queues/",
            "SCHEDULE_", "/ui/schedules/",
            "TEMPLATE_", "/ui/templates/");

    /** What is looked for; empty: whichever. */
    public record Wanted(String actor, String type, String name, String team) {
        static Wanted of(@Nullable String actor, @Nullable String type, @Nullable String name, @Nullable String team) {
            return new Wanted(text(actor), text(type), text(name), text(team));
        }

        /** Of the address of this page, with what is looked for. */
        String query() {
            return "actor=%s&type=%s&name=%s&team=%s"
                    .formatted(encoded(actor), encoded(type), encoded(name), encoded(team));
        }

        public boolean isAny() {
            return actor.isEmpty() && type.isEmpty() && name.isEmpty() && team.isEmpty();
        }

        private static String text(@Nullable String value) {
            return value == null ? "" : value.strip();
        }

        private static String encoded(String value) {
            return URLEncoder.encode(value, StandardCharsets.UTF_8);
        }
    }

    /** One change. {@code how} is by which means from where, in words. */
    public record Line(
            long id,
            Moment when,
            String actor,
            String how,
            String what,
            String name,
            @Nullable String team,
            @Nullable String before,
            @Nullable String after,
            @Nullable String why,
            @Nullable String trace,
            @Nullable String href) {
        static Line of(RecordedChange one, Instant now) {
            Change change = one.change();
            CallFacts facts = one.facts();
            return new Line(
                    one.id(),
                    new Moment(change.at(), now),
                    change.actor(),
                    facts == null ? "" : how(facts),
                    words(change.type()),
                    change.name(),
                    change.team(),
                    change.before(),
                    change.after(),
                    change.why(),
                    facts == null ? null : facts.trace(),
                    href(change.type(), change.name()));
        }

        /** The page of what was changed, where there is one of such things; it may be gone. */
        private static @Nullable String href(String type, String name) {
            return PAGES.entrySet().stream()
                    .filter(page -> type.startsWith(page.getKey()))
                    .map(page -> page.getValue() + Wanted.encoded(name).replace("%2F", "/"))
                    .findFirst()
                    .orElse(null);
        }

        private static String how(CallFacts facts) {
            String from = facts.address() == null ? "" : " from " + facts.address();
            String agent = facts.agent() == null ? "" : ", " + facts.agent();
            return words(facts.means()) + (facts.token() == null ? "" : " " + facts.token()) + from + agent;
        }

        private static String words(String type) {
            return type.toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
        }
    }
}
