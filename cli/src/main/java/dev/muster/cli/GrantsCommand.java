package dev.muster.cli;

import dev.muster.api.Grant;
import dev.muster.cli.screen.Print;
import dev.muster.cli.screen.Table;
import dev.muster.cli.screen.Text;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Who has which duty. */
@Command(
        name = "grants",
        description = {
            "Shows who has which duty, gives and takes them. A duty (viewer, submitter, team_admin, quota_admin, operator,",
            "auditor) is held for a scope: '*', team/NAME, or queue/NAME with the queues below it."
        },
        footer = {
            "  muster grants",
            "  muster grants give ana submitter team/vision --why 'new in the team'",
            "  muster grants give service/nightly submitter team/vision",
            "  muster grants take ana submitter team/vision"
        })
final class GrantsCommand extends Verb {
    @Override
    public Integer call() {
        List<Grant> grants = client().rights().grants();
        if (!forPeople()) {
            Print.all(screen(), grants);
            return ExitCode.OK;
        }
        if (grants.isEmpty()) {
            screen().note(
                            "Nobody was given a duty yet: only the installation's own token may. Give one: muster grants give "
                                    + "NAME operator '*'");
            return ExitCode.OK;
        }
        Table table = new Table("SCOPE", "DUTY", "WHO", "BY", "WHY");
        grants.forEach(grant -> table.row(
                text(grant.scope()), text(grant.duty()), text(grant.subject()), text(grant.by()), text(grant.why())));
        table.print(screen());
        return ExitCode.OK;
    }

    @Command(name = "give", mixinStandardHelpOptions = true, description = "Gives somebody a duty.")
    int give(
            @Parameters(paramLabel = "WHO") String subject,
            @Parameters(paramLabel = "DUTY") String duty,
            @Parameters(paramLabel = "SCOPE") String scope,
            @Option(names = "--why", paramLabel = "TEXT") @Nullable String why) {
        Grant given = client().rights().give(Grant.of(subject, word(duty), scope, why));
        if (forPeople()) {
            screen().print("%s is %s for %s".formatted(text(given.subject()), text(given.duty()), text(given.scope())));
        } else {
            Print.one(screen(), given);
        }
        return ExitCode.OK;
    }

    @Command(name = "take", mixinStandardHelpOptions = true, description = "Takes a duty away; at once, everywhere.")
    int take(
            @Parameters(paramLabel = "WHO") String subject,
            @Parameters(paramLabel = "DUTY") String duty,
            @Parameters(paramLabel = "SCOPE") String scope) {
        client().rights().take(subject, word(duty), scope);
        if (forPeople()) {
            screen().print("%s is no %s for %s any more"
                    .formatted(Text.plain(subject), Text.plain(word(duty)), Text.plain(scope)));
        }
        return ExitCode.OK;
    }

    private static String word(String duty) {
        return duty.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    private static String text(@Nullable String value) {
        return Text.plain(Objects.requireNonNullElse(value, ""));
    }
}
