package dev.muster.cli;

import dev.muster.api.JobTemplate;
import dev.muster.api.TemplateRevision;
import dev.muster.cli.screen.Print;
import dev.muster.cli.screen.Table;
import dev.muster.cli.screen.Text;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What jobs of a team have in common. */
@Command(
        name = "templates",
        description = {
            "Shows the templates of a team: what its jobs get where they say nothing, and what they may not say otherwise.",
            "Make or change one with 'muster apply -f FILE'; a job names them in its spec's templates."
        },
        footer = {
            "  muster templates --team vision",
            "  muster templates show spark-base --team vision -o yaml",
            "  muster templates delete spark-base --team vision",
            "  muster job train --origins                  which value of a job comes from where"
        })
final class TemplatesCommand extends Verb {
    @Option(
            names = "--team",
            paramLabel = "TEAM",
            description = "Whose templates; otherwise yours, where there is one.")
    private @Nullable String team;

    @Override
    public Integer call() {
        List<JobTemplate> all = client().templates(whose(team)).all();
        if (!forPeople()) {
            Print.all(screen(), all);
            return ExitCode.OK;
        }
        if (all.isEmpty()) {
            screen().note("This team has no template yet. Make one: muster apply -f examples/template.yaml");
            return ExitCode.OK;
        }
        Table table = new Table("TEMPLATE", ">REVISION", "LOCKED", "DESCRIPTION");
        for (JobTemplate one : all) {
            table.row(
                    Objects.requireNonNull(one.metadata()).name(),
                    revision(one),
                    String.join(" ", Objects.requireNonNullElse(one.spec().locked(), List.<String>of())),
                    Text.plain(Objects.requireNonNullElse(one.spec().description(), "")));
        }
        table.print(screen());
        return ExitCode.OK;
    }

    @Command(name = "show", mixinStandardHelpOptions = true, description = "Shows a template.")
    int show(
            @Parameters(paramLabel = "TEMPLATE") String name,
            @Option(names = "--team", paramLabel = "TEAM", description = "Whose.") @Nullable String of,
            @Option(names = "--revisions", description = "What it was, newest first.") boolean revisions) {
        if (revisions) {
            revisions(client().templateRevisions(whose(of), name));
        } else {
            Print.one(screen(), client().templates(whose(of)).get(name));
        }
        return ExitCode.OK;
    }

    private void revisions(List<TemplateRevision> all) {
        if (!forPeople()) {
            Print.all(screen(), all);
            return;
        }
        Table table = new Table(">REVISION", "AT", "BY", "DESCRIPTION");
        all.forEach(one -> table.row(
                Long.toString(one.revision()),
                one.at().toString(),
                Text.plain(one.actor()),
                Text.plain(Objects.requireNonNullElse(one.spec().description(), ""))));
        table.print(screen());
    }

    @Command(
            name = "delete",
            mixinStandardHelpOptions = true,
            description = "Deletes a template; jobs that took from it stay as they are.")
    int delete(
            @Parameters(paramLabel = "TEMPLATE") String name,
            @Option(names = "--team", paramLabel = "TEAM", description = "Whose.") @Nullable String of) {
        String whose = whose(of);
        JobTemplate present = client().templates(whose).get(name);
        client().templates(whose)
                .delete(name, Objects.requireNonNull(present.metadata()).etag());
        screen().print("template/%s deleted".formatted(name));
        return ExitCode.OK;
    }

    private String whose(@Nullable String said) {
        return Teams.of(said == null ? Objects.requireNonNullElse(team, "") : said, muster().environment(), client());
    }

    private static String revision(JobTemplate template) {
        String etag = Objects.requireNonNull(template.metadata()).etag();
        return etag == null ? "" : etag.replace("\"", "");
    }
}
