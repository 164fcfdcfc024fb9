package dev.muster.cli;

import dev.muster.api.Change;
import dev.muster.cli.screen.Print;
import dev.muster.cli.screen.Table;
import dev.muster.cli.screen.Text;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Who changed what. */
@Command(
        name = "audit",
        description = {
            "Shows who changed what, newest first: how they were known, from where, before, after and why (-o json has all",
            "of it). For auditors and operators. What the planner decides by itself is in 'muster events'."
        },
        footer = {
            "  muster audit --actor ana",
            "  muster audit --type QUEUE_CHANGED --name vision -o json",
            "  muster audit --from 2026-11-20 --to 2026-11-27"
        })
final class AuditCommand extends Verb {
    @Option(names = "--actor", paramLabel = "NAME", description = "Changes by this person or service.")
    private @Nullable String actor;

    @Option(names = "--team", paramLabel = "TEAM", description = "Changes of what is this team's.")
    private @Nullable String team;

    @Option(names = "--type", paramLabel = "TYPE", description = "Such as QUEUE_CHANGED or GRANT_GIVEN.")
    private @Nullable String type;

    @Option(names = "--name", paramLabel = "NAME", description = "Changes of what has this name.")
    private @Nullable String name;

    @Option(names = "--from", paramLabel = "TIME", description = "Not older than this time or day.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "TIME", description = "Older than this time or day.")
    private @Nullable String to;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "50",
            description = "At most so many; ${DEFAULT-VALUE}.")
    private int limit;

    @Override
    public Integer call() {
        List<Change> changes = client().rights().changes(actor, team, type, name, from, to, limit);
        if (!forPeople()) {
            Print.all(screen(), changes);
            return ExitCode.OK;
        }
        Table table = new Table("WHEN", "WHO", "FROM", "WHAT", "OF", "WHY");
        for (Change change : changes) {
            table.row(
                    change.at().toString(),
                    text(change.actor()),
                    text(change.address()),
                    text(change.type()),
                    text(change.name()),
                    text(change.why()));
        }
        table.print(screen());
        return ExitCode.OK;
    }

    private static String text(@Nullable String value) {
        return Text.plain(Objects.requireNonNullElse(value, ""));
    }
}
