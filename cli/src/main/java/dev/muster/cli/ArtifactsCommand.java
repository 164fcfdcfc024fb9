package dev.muster.cli;

import dev.muster.api.Artifact;
import dev.muster.api.ArtifactRef;
import dev.muster.cli.screen.Print;
import dev.muster.cli.screen.Table;
import dev.muster.cli.screen.Text;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Files for jobs of a team. */
@Command(
        name = "artifacts",
        description = {
            "Lists the files that were uploaded for jobs of a team, with when each is deleted unless a job names it.",
            "'muster run' uploads by itself; a job names them in its spec's artifacts, by name and SHA-256."
        },
        footer = {
            "  muster artifacts --team vision",
            "  muster artifacts send target/app.jar --team vision",
            "  muster artifacts delete 5f2c…  --team vision"
        })
final class ArtifactsCommand extends Verb {
    private static final int SHORTEST = 6;

    @Option(names = "--team", paramLabel = "TEAM", description = "Whose; otherwise yours, where there is one.")
    private @Nullable String team;

    @Override
    public Integer call() {
        List<Artifact> all = client().artifacts(whose(team)).all();
        if (!forPeople()) {
            Print.all(screen(), all);
            return ExitCode.OK;
        }
        if (all.isEmpty()) {
            screen().note("This team has no artifact. Try: muster run --jar target/app.jar");
            return ExitCode.OK;
        }
        Table table = new Table("SHA256", "NAME", ">BYTES", "BY", "LAST USED", "EXPIRES");
        for (Artifact one : all) {
            table.row(
                    one.sha256(),
                    Text.plain(one.name()),
                    Long.toString(one.bytes()),
                    Text.plain(one.uploadedBy()),
                    one.lastUsedAt().toString(),
                    one.expiresAt().toString());
        }
        table.print(screen());
        return ExitCode.OK;
    }

    @Command(
            name = "send",
            mixinStandardHelpOptions = true,
            description = "Uploads files where the service has not got them, and prints how a job names them.")
    int send(
            @Parameters(arity = "1..*", paramLabel = "FILE") List<Path> files,
            @Option(names = "--team", paramLabel = "TEAM", description = "Whose.") @Nullable String of) {
        String whose = whose(of);
        for (Path file : files) {
            try {
                ArtifactRef sent = client().artifacts(whose).send(file, Program.nameOf(file));
                screen().print("{\"name\": \"%s\", \"sha256\": \"%s\"}".formatted(sent.name(), sent.sha256()));
            } catch (IOException e) {
                throw new BadInput("Cannot read %s: %s".formatted(file, e.getMessage()));
            }
        }
        return ExitCode.OK;
    }

    @Command(
            name = "delete",
            mixinStandardHelpOptions = true,
            description = "Deletes artifacts that no job needs: by SHA-256, or its beginning.")
    int delete(
            @Parameters(arity = "1..*", paramLabel = "SHA256") List<String> meant,
            @Option(names = "--team", paramLabel = "TEAM", description = "Whose.") @Nullable String of) {
        String whose = whose(of);
        List<Artifact> all = client().artifacts(whose).all();
        List<Artifact> found = meant.stream().map(one -> one(all, one)).toList();
        for (Artifact one : found) {
            client().artifacts(whose).delete(one.sha256());
            screen().print("artifact/%s %s deleted".formatted(one.sha256(), Text.plain(one.name())));
        }
        return ExitCode.OK;
    }

    private static Artifact one(List<Artifact> all, String meant) {
        List<Artifact> found = meant.length() < SHORTEST
                ? List.of()
                : all.stream().filter(one -> one.sha256().startsWith(meant)).toList();
        if (found.size() != 1) {
            throw new BadInput(
                    "%s artifact begins with '%s'".formatted(found.isEmpty() ? "No" : "More than one", meant),
                    "Expected %d characters or more of one that 'muster artifacts' lists".formatted(SHORTEST));
        }
        return found.get(0);
    }

    private String whose(@Nullable String said) {
        return Teams.of(said == null ? Objects.requireNonNullElse(team, "") : said, muster().environment(), client());
    }
}
