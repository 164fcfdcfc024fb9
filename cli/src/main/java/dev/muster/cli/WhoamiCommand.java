package dev.muster.cli;

import dev.muster.api.Whoami;
import dev.muster.cli.screen.Print;
import dev.muster.cli.screen.Table;
import dev.muster.cli.screen.Text;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** Who calls, and what they may. */
@Command(
        name = "whoami",
        description = "Shows who the service takes you for, by which means, and the duties that you hold.",
        footer = "  muster whoami")
final class WhoamiCommand extends Verb {
    @Override
    public Integer call() {
        Whoami who = client().rights().whoami();
        if (!forPeople()) {
            Print.one(screen(), who);
            return ExitCode.OK;
        }
        screen().print("%s (%s%s)"
                .formatted(
                        text(who.name()), text(who.kind()), who.token() == null ? "" : ", token " + text(who.token())));
        Table table = new Table("DUTY", "FOR");
        who.duties().forEach(held -> table.row(text(held.duty()), text(held.scope())));
        if (table.size() == 0) {
            screen().note(
                            who.hint() == null
                                    ? "You hold no duty: an operator, or the admin of a team, gives some (muster grants give)."
                                    : text(who.hint()));
        } else {
            table.print(screen());
        }
        return ExitCode.OK;
    }

    private static String text(@Nullable Object value) {
        return Text.plain(Objects.requireNonNullElse(value, "").toString());
    }
}
