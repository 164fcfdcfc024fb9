package dev.muster.cli;

import dev.muster.api.VolcanoConfiguration;
import dev.muster.cli.screen.Colour;
import dev.muster.cli.screen.Print;
import dev.muster.cli.screen.Text;
import picocli.CommandLine.Command;

/** The configuration of Volcano's scheduler in the cluster. */
@Command(
        name = "volcano",
        description = {
            "Shows the configuration of Volcano's scheduler that is in force; 'diff' what the policy would change,",
            "'apply' writes it. The policy's fields volcano.* decide what is wanted ('muster policy')."
        },
        footer = {
            "  muster volcano                 what is in force, and what is to be said of it",
            "  muster volcano diff            what would change",
            "  muster volcano apply           write it; Volcano takes it within about a minute, without a restart"
        })
final class VolcanoCommand extends Verb {
    @Override
    public Integer call() {
        VolcanoConfiguration seen = client().operations().volcano();
        if (!forPeople()) {
            Print.one(screen(), seen);
            return ExitCode.OK;
        }
        String text = seen.inForce();
        screen().print("# " + seen.place());
        screen().print(text == null ? "There is no configuration there: Volcano runs on what is built in." : text);
        seen.findings().forEach(found -> {
            screen().print("line %d: %s %s: %s"
                    .formatted(found.line(), found.severity(), found.rule(), Text.plain(found.what())));
            screen().print("    → " + Text.plain(found.mend()));
        });
        return ExitCode.OK;
    }

    @Command(name = "diff", mixinStandardHelpOptions = true, description = "Shows what apply would change.")
    int diff() {
        show(client().operations().volcano());
        return ExitCode.OK;
    }

    @Command(
            name = "apply",
            mixinStandardHelpOptions = true,
            description = "Writes what diff shows, unless somebody changes it at the same time.")
    int apply() {
        VolcanoConfiguration seen = client().operations().volcano();
        show(seen);
        if (!seen.diff().isEmpty()) {
            client().operations().applyVolcano(seen.confirmation());
            if (forPeople()) {
                screen().print("Written. Volcano takes it within about a minute.");
            }
        }
        return ExitCode.OK;
    }

    private void show(VolcanoConfiguration seen) {
        if (!forPeople()) {
            Print.one(screen(), seen);
        } else if (seen.diff().isEmpty()) {
            screen().print("Nothing differs from what the policy asks for.");
        } else {
            seen.diff().forEach(line -> screen().print(screen().paint(colour(line), Text.plain(line))));
        }
    }

    private static Colour colour(String line) {
        return line.startsWith("-") ? Colour.RED : line.startsWith("+") ? Colour.GREEN : Colour.PLAIN;
    }
}
