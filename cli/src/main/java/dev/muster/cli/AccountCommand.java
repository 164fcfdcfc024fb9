package dev.muster.cli;

import dev.muster.api.Account;
import dev.muster.api.PasswordChange;
import dev.muster.api.PersonSession;
import dev.muster.cli.screen.Print;
import dev.muster.cli.screen.Table;
import dev.muster.cli.screen.Text;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** People who sign in to the pages by a password. */
@Command(
        name = "account",
        description = {
            "People who sign in to the pages by a password of this installation. 'create' prints a link where the password",
            "is chosen, once; for somebody who has forgotten theirs it makes a new one. What they may is for 'muster grants'."
        },
        footer = {
            "  muster account create ana && muster grants give ana operator '*'",
            "  muster account list",
            "  muster account remove ana",
            "  muster account sessions && muster account end SESSION",
            "  muster account password < present-and-new.txt"
        })
final class AccountCommand extends Verb {
    @Override
    public Integer call() {
        return list();
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Shows them.")
    int list() {
        List<Account> accounts = client().rights().accounts();
        if (!forPeople()) {
            Print.all(screen(), accounts);
            return ExitCode.OK;
        }
        if (accounts.isEmpty()) {
            screen().note("There is no account yet. Make one: muster account create NAME");
            return ExitCode.OK;
        }
        Table table = new Table("NAME", "MADE", "BY", "PASSWORD SINCE");
        accounts.forEach(account -> table.row(
                text(account.name()),
                text(account.createdAt()),
                text(account.createdBy()),
                text(account.passwordAt())));
        table.print(screen());
        return ExitCode.OK;
    }

    @Command(
            name = "create",
            mixinStandardHelpOptions = true,
            description = "Makes one where it is not there, and a link to choose its password.")
    int create(@Parameters(paramLabel = "NAME") String name) {
        Account made = client().rights().invite(Account.of(name));
        if (forPeople()) {
            screen().note("Give %s this link: it works once, until %s".formatted(Text.plain(name), made.linkEndsAt()));
            screen().print(text(made.link()));
        } else {
            Print.one(screen(), made);
        }
        return ExitCode.OK;
    }

    @Command(
            name = "remove",
            mixinStandardHelpOptions = true,
            description =
                    "Removes one and ends its sessions. Duties and tokens stay: see 'grants take', 'token revoke'.")
    int remove(@Parameters(paramLabel = "NAME") String name) {
        client().rights().removeAccount(name);
        if (forPeople()) {
            screen().print("Account %s is removed".formatted(Text.plain(name)));
        }
        return ExitCode.OK;
    }

    @Command(
            name = "sessions",
            mixinStandardHelpOptions = true,
            description = "Shows the browsers that are signed in: yours; to operators all.")
    int sessions() {
        List<PersonSession> sessions = client().rights().sessions();
        if (!forPeople()) {
            Print.all(screen(), sessions);
            return ExitCode.OK;
        }
        Table table = new Table("SESSION", "NAME", "SINCE", "UNTIL", "ADDRESS", "BROWSER");
        sessions.forEach(one -> table.row(
                text(one.id()),
                text(one.subject()),
                text(one.createdAt()),
                text(one.expiresAt()),
                text(one.address()),
                text(one.agent())));
        table.print(screen());
        return ExitCode.OK;
    }

    @Command(name = "end", mixinStandardHelpOptions = true, description = "Signs a browser out.")
    int end(@Parameters(paramLabel = "SESSION") String session) {
        client().rights().endSession(session);
        if (forPeople()) {
            screen().print("Session %s is over".formatted(Text.plain(session)));
        }
        return ExitCode.OK;
    }

    @Command(
            name = "password",
            mixinStandardHelpOptions = true,
            description =
                    "Changes your own: asks for the present one and the new one (or reads them, a line each). Your sessions end.")
    int password() {
        String name = String.valueOf(client().rights().whoami().name());
        List<String> typed = Typed.secrets("Present password of %s: ".formatted(Text.plain(name)), "New password: ");
        client().rights().choosePassword(name, new PasswordChange(typed.get(0), typed.get(1)));
        if (forPeople()) {
            screen().print("The password of %s is changed".formatted(Text.plain(name)));
        }
        return ExitCode.OK;
    }

    private static String text(@Nullable Object value) {
        return Text.plain(Objects.requireNonNullElse(value, "").toString());
    }
}
