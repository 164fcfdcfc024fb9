package dev.muster.cli;

import dev.muster.api.Whoami;
import dev.muster.cli.connection.Connection;
import dev.muster.cli.connection.Contexts;
import dev.muster.cli.connection.IdentityProvider;
import dev.muster.cli.connection.SignedIn;
import dev.muster.cli.screen.Print;
import dev.muster.cli.screen.Table;
import dev.muster.cli.screen.Text;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Signs in to a service with a token, and remembers it. */
@Command(
        name = "login",
        description = {
            "Signs you in by the identity provider of the service where it has one: you open a page, anywhere, and type in a code.",
            "Otherwise, or with --by-token, it asks for a token. Either is kept for later calls, readable by you only. What is given by",
            "--server and --token, in the environment, or by a service of this directory, still goes before.",
            "'contexts' shows the services that you have signed in to, 'use' changes between them, 'forget' signs out, as does 'logout'."
        },
        footer = {
            "  muster login https://muster.example.com",
            "  muster login https://muster.example.com --by-token < token.txt",
            "  muster login https://muster.example.com --with corp",
            "  muster login contexts",
            "  muster login use muster.example.com",
            "  muster login forget muster.example.com"
        })
final class LoginCommand extends Verb {
    @Parameters(paramLabel = "URL", arity = "0..1", description = "The service.")
    private @Nullable String url;

    @Option(names = "--as", paramLabel = "NAME", description = "How the context is called; else the service's host.")
    private @Nullable String name;

    @Option(
            names = "--with",
            paramLabel = "PROVIDER",
            description = "The identity provider, where the service has several.")
    private @Nullable String provider;

    @Option(names = "--by-token", description = "Ask for a token, also where there is an identity provider.")
    private boolean byToken;

    @Override
    public Integer call() {
        if (url == null) {
            throw new BadInput("Which service? Name its address", "muster login https://muster.example.com");
        }
        URI server = Connection.parsed(url, "URL");
        SignedIn signedIn = signedIn(server);
        Connection connection = new Connection(server, signedIn == null ? token(server) : signedIn.token());
        Whoami who = connection.client().rights().whoami();
        String context = name == null ? server.getAuthority() : name;
        contexts().keep(new Contexts.Known(context, server, String.valueOf(connection.token()), signedIn));
        if (forPeople()) {
            screen().print("Signed in to %s as %s; kept as '%s' in %s"
                    .formatted(
                            server,
                            Text.plain(who.name()),
                            Text.plain(context),
                            contexts().file()));
        } else {
            Print.one(screen(), who);
        }
        return ExitCode.OK;
    }

    @Command(
            name = "contexts",
            mixinStandardHelpOptions = true,
            description = "The services that you have signed in to.")
    int contextList() {
        Map<String, Contexts.Known> all = contexts().all();
        Contexts.Known present = contexts().present();
        if (all.isEmpty()) {
            screen().note("There is none. Sign in: muster login URL");
            return ExitCode.OK;
        }
        Table table = new Table("", "CONTEXT", "SERVICE");
        all.values()
                .forEach(known -> table.row(
                        known.equals(present) ? "*" : "",
                        Text.plain(known.name()),
                        known.server().toString()));
        table.print(screen());
        return ExitCode.OK;
    }

    @Command(name = "use", mixinStandardHelpOptions = true, description = "Calls go to this one from now on.")
    int use(@Parameters(paramLabel = "CONTEXT") String context) {
        contexts().use(context);
        return ExitCode.OK;
    }

    @Command(name = "forget", mixinStandardHelpOptions = true, description = "Signs out: the token is deleted here.")
    int forget(@Parameters(paramLabel = "CONTEXT") String context) {
        return LogoutCommand.from(contexts(), context, screen());
    }

    private Contexts contexts() {
        return Contexts.of(muster().environment());
    }

    /** By an identity provider; null: by a token. A script that hands in a token is asked nothing. */
    private @Nullable SignedIn signedIn(URI server) {
        boolean isAsked = provider != null || (System.console() != null && screen().isLive());
        if (byToken || !isAsked) {
            return null;
        }
        List<IdentityProvider> offered = IdentityProvider.of(server);
        List<IdentityProvider> wanted = offered.stream()
                .filter(one -> provider == null || one.name().equals(provider))
                .toList();
        if (provider != null && wanted.isEmpty()) {
            throw new BadInput("The service lets the command sign in by no '%s'".formatted(provider), names(offered));
        }
        if (wanted.size() > 1) {
            throw new BadInput("Which identity provider? Say --with NAME", names(offered));
        }
        return wanted.isEmpty()
                ? null
                : wanted.get(0)
                        .signIn(
                                task -> screen().note("Open %s and type in the code %s"
                                        .formatted(Text.plain(task.address()), Text.plain(task.code()))),
                                InstantSource.system());
    }

    private static String names(List<IdentityProvider> offered) {
        return offered.isEmpty()
                ? "It offers none: sign in with a token, muster login URL --by-token"
                : "There is: " + offered.stream().map(IdentityProvider::name).collect(Collectors.joining(", "));
    }

    /** Not from the command line: there every process of the machine would see it. */
    private String token(URI server) {
        Console console = System.console();
        if (console != null && screen().isLive()) {
            char[] typed = console.readPassword("Token for %s: ", server);
            return required(typed == null ? null : new String(typed));
        }
        try {
            return required(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String required(@Nullable String typed) {
        if (typed == null || typed.isBlank()) {
            throw new BadInput("No token came", "Make one: muster token create LABEL, or ask an operator for one.");
        }
        return typed.strip();
    }
}
