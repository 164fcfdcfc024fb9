package dev.muster.cli;

import dev.muster.api.QuotaDecision;
import dev.muster.api.QuotaRequest;
import dev.muster.cli.screen.Print;
import dev.muster.cli.screen.Table;
import dev.muster.cli.screen.Text;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Teams ask for more quota, quota admins answer. */
@Command(
        name = "quota",
        description = {
            "Shows what teams have asked for their queues and what became of it. Amounts are beside what the queue has; with",
            "--until it has them until then, and it ends by itself; without, for good. Who shares out what is above may grant",
            "other amounts or another end than was asked, and end early what is in force."
        },
        footer = {
            "  muster quota",
            "  muster quota ask vision --team vision --deserved cpu=20 --capability cpu=20 --until 2026-12-24T18:00:00Z --why 'the paper'",
            "  muster quota grant q-0123456789ab --dry-run",
            "  muster quota grant q-0123456789ab --deserved cpu=10 --capability cpu=10",
            "  muster quota decline q-0123456789ab --why 'nothing is left this week'",
            "  muster quota end q-0123456789ab --why 'needed elsewhere'"
        })
final class QuotaCommand extends Verb {
    @Override
    public Integer call() {
        List<QuotaRequest> requests = client().rights().quotaRequests();
        if (!forPeople()) {
            Print.all(screen(), requests);
            return ExitCode.OK;
        }
        if (requests.isEmpty()) {
            screen().note(
                            "Nobody has asked for anything that you may see. Ask: muster quota ask QUEUE --team TEAM --deserved cpu=N");
            return ExitCode.OK;
        }
        Table table = new Table("ID", "STATE", "QUEUE", "MORE", "UNTIL", "ASKED BY", "ANSWERED BY", "WHY");
        requests.forEach(one -> table.row(
                text(one.id()),
                text(one.state()),
                text(one.queue()),
                Text.plain(more(one)),
                text(until(one)),
                text(one.askedBy()),
                text(one.decision() == null ? "" : one.decision().by()),
                text(one.why())));
        table.print(screen());
        return ExitCode.OK;
    }

    /** What a queue has more, and until when. */
    static final class More {
        @Option(
                names = "--guarantee",
                paramLabel = "NAME=AMOUNT",
                split = ",",
                description = "Held for it whatever others ask, such as cpu=20,memory=64Gi.")
        private @Nullable Map<String, String> guarantee;

        @Option(
                names = "--deserved",
                paramLabel = "NAME=AMOUNT",
                split = ",",
                description = "Its share where others want it, too.")
        private @Nullable Map<String, String> deserved;

        @Option(
                names = "--capability",
                paramLabel = "NAME=AMOUNT",
                split = ",",
                description = "The most that it may hold.")
        private @Nullable Map<String, String> capability;

        @Option(
                names = "--until",
                paramLabel = "TIME",
                description = "When it ends by itself, such as 2026-12-24T18:00:00Z.")
        private @Nullable String until;
    }

    @Command(name = "ask", mixinStandardHelpOptions = true, description = "Asks for more for a queue of a team.")
    int ask(
            @Parameters(paramLabel = "QUEUE") String queue,
            @Option(names = "--team", paramLabel = "TEAM", required = true, description = "The team that asks.")
                    String team,
            @Mixin More more,
            @Option(names = "--why", paramLabel = "TEXT", required = true, description = "What it is for.")
                    String why) {
        QuotaRequest made = client().rights()
                .askQuota(QuotaRequest.of(
                        team, queue, more.guarantee, more.deserved, more.capability, moment(more.until), why));
        return told(made, "asked for");
    }

    @Command(
            name = "grant",
            mixinStandardHelpOptions = true,
            description = "Grants it: as it was asked, or other amounts, or until another time.")
    int grant(
            @Parameters(paramLabel = "ID") String id,
            @Mixin More more,
            @Option(names = "--why", paramLabel = "TEXT") @Nullable String why,
            @Option(names = "--dry-run", description = "Only tells what it would do to jobs.") boolean dry) {
        QuotaDecision decision =
                new QuotaDecision(more.guarantee, more.deserved, more.capability, moment(more.until), why, null, null);
        return dry
                ? tried(client().rights().tryQuota(id, decision))
                : told(client().rights().grantQuota(id, decision), "granted");
    }

    @Command(name = "show", mixinStandardHelpOptions = true, description = "Shows a request in full.")
    int show(@Parameters(paramLabel = "ID") String id) {
        Print.documents(screen(), List.of(client().rights().quotaRequest(id)));
        return ExitCode.OK;
    }

    @Command(name = "decline", mixinStandardHelpOptions = true, description = "Says no, and why.")
    int decline(
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--why", paramLabel = "TEXT", required = true) String why) {
        return told(client().rights().declineQuota(id, why), "declined");
    }

    @Command(name = "withdraw", mixinStandardHelpOptions = true, description = "Takes back what was asked.")
    int withdraw(@Parameters(paramLabel = "ID") String id) {
        return told(client().rights().withdrawQuota(id), "withdrawn");
    }

    @Command(name = "end", mixinStandardHelpOptions = true, description = "Ends what is in force, before its time.")
    int end(
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--why", paramLabel = "TEXT", required = true) String why) {
        return told(client().rights().endQuota(id, why), "ended");
    }

    private int tried(QuotaRequest request) {
        if (forPeople()) {
            screen().print("%s can be granted: %s for queue %s%s"
                    .formatted(
                            text(request.id()),
                            Text.plain(more(request)),
                            text(request.queue()),
                            request.preview() == null
                                    ? "; what it would do to jobs is known where the planner works: ask again in a moment"
                                    : Application.effects(request.preview())));
        } else {
            Print.one(screen(), request);
        }
        return ExitCode.OK;
    }

    private int told(QuotaRequest request, String what) {
        if (forPeople()) {
            String until = until(request);
            screen().print("%s: %s for queue %s%s is %s"
                    .formatted(
                            text(request.id()),
                            Text.plain(more(request)),
                            text(request.queue()),
                            until == null ? "" : " until " + Text.plain(until),
                            what));
        } else {
            Print.one(screen(), request);
        }
        return ExitCode.OK;
    }

    /** What was granted where something was, else what was asked. */
    private static String more(QuotaRequest request) {
        QuotaDecision said = request.decision();
        boolean isOther =
                said != null && (said.guarantee() != null || said.deserved() != null || said.capability() != null);
        Map<String, Map<String, String>> parts = new TreeMap<>();
        put(parts, "guarantee", isOther ? said.guarantee() : request.guarantee());
        put(parts, "deserved", isOther ? said.deserved() : request.deserved());
        put(parts, "capability", isOther ? said.capability() : request.capability());
        return parts.entrySet().stream()
                .map(part -> part.getKey() + " "
                        + part.getValue().entrySet().stream()
                                .map(amount -> "+" + amount.getValue() + " " + amount.getKey())
                                .collect(Collectors.joining(", ")))
                .collect(Collectors.joining("; "));
    }

    private static void put(
            Map<String, Map<String, String>> parts, String name, @Nullable Map<String, String> amounts) {
        if (amounts != null && !amounts.isEmpty()) {
            parts.put(name, new TreeMap<>(amounts));
        }
    }

    private static @Nullable String until(QuotaRequest request) {
        Instant said = request.decision() == null ? null : request.decision().until();
        Instant until = said == null ? request.until() : said;
        return until == null ? null : until.toString();
    }

    private static @Nullable Instant moment(@Nullable String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new BadInput("Bad --until '%s': expected a time such as 2026-12-24T18:00:00Z".formatted(text));
        }
    }

    private static String text(@Nullable Object value) {
        return Text.plain(Objects.requireNonNullElse(value, "").toString());
    }
}
