package dev.muster.cli;

import dev.muster.api.Preemption;
import dev.muster.cli.screen.Print;
import dev.muster.cli.screen.Table;
import dev.muster.cli.screen.Text;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Who gave way to whom. */
@Command(
        name = "preemptions",
        description = {
            "Shows which gangs gave way, newest first: for which job, by which rule, and the core-hours of their work that were lost",
            "since they had saved it last, or begun. -o json has the whole reason of each. For operators; a thousand at most."
        },
        footer = {"  muster preemptions", "  muster preemptions --days 1 --team vision", "  muster preemptions -o json"
        })
final class PreemptionsCommand extends Verb {
    @Option(
            names = "--days",
            paramLabel = "N",
            defaultValue = "7",
            description = "Of how many days, at most 366 (default ${DEFAULT-VALUE}).")
    private int days = 7;

    @Option(names = "--team", paramLabel = "TEAM", description = "Only those of this team.")
    private @Nullable String team;

    @Override
    public Integer call() {
        if (days < 1 || days > 366) {
            throw new BadInput("Bad --days %d: expected 1 to 366".formatted(days));
        }
        List<Preemption> all =
                client().operations().preemptions(Instant.now().minus(Duration.ofDays(days)), null).stream()
                        .filter(one -> team == null || team.equals(one.team()))
                        .toList();
        if (!forPeople()) {
            Print.all(screen(), all);
        } else if (all.isEmpty()) {
            screen().note("Nobody gave way in the last %d days.".formatted(days));
        } else {
            table(all).print(screen());
            screen().note("%d gave way; %s core-hours of work were lost."
                    .formatted(
                            all.size(),
                            hours(all.stream()
                                    .mapToDouble(Preemption::lostCoreHours)
                                    .sum())));
        }
        return ExitCode.OK;
    }

    private static Table table(List<Preemption> all) {
        Table table = new Table("WHEN", "JOB", "TEAM", ">PODS", ">LOST CORE-H", "FOR", "OF", "RULE");
        all.forEach(one -> table.row(
                one.at().toString(),
                Text.plain(one.name()),
                Text.plain(one.team()),
                Integer.toString(one.pods()),
                hours(one.lostCoreHours()),
                text(one.takerName() == null ? one.taker() : one.takerName()),
                text(one.takerTeam()),
                Text.plain(one.code())));
        return table;
    }

    private static String hours(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    private static String text(@Nullable String value) {
        return Text.plain(Objects.requireNonNullElse(value, "-"));
    }
}
