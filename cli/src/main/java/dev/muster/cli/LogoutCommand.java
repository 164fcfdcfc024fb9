package dev.muster.cli;

import dev.muster.cli.connection.Contexts;
import dev.muster.cli.screen.Screen;
import dev.muster.cli.screen.Text;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Forgets a service and the token for it. */
@Command(
        name = "logout",
        description = {
            "Signs you out of a service: what was kept by 'login' is deleted here. What an identity provider gave is given back",
            "to it where it takes that; a token of the service is good until it ends or is revoked."
        },
        footer = {"  muster logout                       the present one", "  muster logout muster.example.com"})
final class LogoutCommand extends Verb {
    @Parameters(
            paramLabel = "CONTEXT",
            arity = "0..1",
            description = "As 'login contexts' names it; else the present one.")
    private @Nullable String context;

    @Override
    public Integer call() {
        Contexts contexts = Contexts.of(muster().environment());
        Contexts.Known present = contexts.present();
        if (context == null && present == null) {
            throw new BadInput("You are signed in to no service", "Name one: muster login contexts lists them.");
        }
        return from(contexts, context == null ? present.name() : context, screen());
    }

    static int from(Contexts contexts, String name, Screen screen) {
        boolean isSignedIn = contexts.named(name).signedIn() != null;
        boolean isGivenBack = contexts.forget(name);
        screen.note("Signed out of '%s'. %s"
                .formatted(
                        Text.plain(name),
                        isGivenBack
                                ? "The identity provider gives nobody another token by it; one that was given ends within minutes."
                                : isSignedIn
                                        ? "The identity provider was not told: what it gave ends by itself, or sign out there."
                                        : "The token itself is still good: revoke it with muster token revoke ID"));
        return ExitCode.OK;
    }
}
