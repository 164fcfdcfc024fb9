package dev.muster.cli;

import dev.muster.api.IssuedToken;
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

/** Tokens of people and services. */
@Command(
        name = "token",
        description = "Makes, lists and revokes what people and services call with: one's own, an operator all.",
        footer = {
            "  muster token create 'laptop' --for ana",
            "  muster token create 'nightly export' --for service/nightly --narrow read-only --days 30",
            "  muster token list",
            "  muster token revoke 5f0c1a77be31"
        })
final class TokenCommand extends Verb {
    @Override
    public Integer call() {
        return list();
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Shows them; never their text.")
    int list() {
        List<IssuedToken> tokens = client().rights().tokens();
        if (!forPeople()) {
            Print.all(screen(), tokens);
            return ExitCode.OK;
        }
        if (tokens.isEmpty()) {
            screen().note("There is no token yet. Make one: muster token create LABEL --for NAME");
            return ExitCode.OK;
        }
        Table table = new Table("ID", "WHO", "NARROWED", "GOOD UNTIL", "LAST USED", "FOR");
        for (IssuedToken token : tokens) {
            table.row(
                    text(token.id()),
                    text(token.subject()),
                    "NONE".equals(token.narrowing()) ? "" : text(token.narrowing()),
                    token.revokedAt() == null ? text(token.expiresAt()) : "revoked",
                    text(token.lastUsedAt()),
                    text(token.label()));
        }
        table.print(screen());
        return ExitCode.OK;
    }

    @Command(name = "create", mixinStandardHelpOptions = true, description = "Makes one and prints its text, once.")
    int create(
            @Parameters(paramLabel = "LABEL", description = "What it is for.") String label,
            @Option(names = "--for", paramLabel = "WHO", description = "Whose it is; else one's own.") @Nullable
                    String subject,
            @Option(names = "--narrow", paramLabel = "HOW", description = "cancel-only or read-only.") @Nullable
                    String narrowing,
            @Option(names = "--days", paramLabel = "DAYS", description = "How long it is good; 90 where not said.")
                    @Nullable
                    Integer days) {
        String narrowed =
                narrowing == null ? null : narrowing.toUpperCase(Locale.ROOT).replace('-', '_');
        IssuedToken made = client().rights().issue(IssuedToken.of(label, subject, narrowed, days));
        if (forPeople()) {
            screen().note("Token %s of %s, good until %s. It is shown only now:"
                    .formatted(text(made.id()), text(made.subject()), made.expiresAt()));
            screen().print(text(made.token()));
        } else {
            Print.one(screen(), made);
        }
        return ExitCode.OK;
    }

    @Command(name = "revoke", mixinStandardHelpOptions = true, description = "Ends one, at once and for good.")
    int revoke(@Parameters(paramLabel = "ID") String id) {
        client().rights().revoke(id);
        if (forPeople()) {
            screen().print("Token %s is revoked".formatted(Text.plain(id)));
        }
        return ExitCode.OK;
    }

    private static String text(@Nullable Object value) {
        return Text.plain(Objects.requireNonNullElse(value, "").toString());
    }
}
