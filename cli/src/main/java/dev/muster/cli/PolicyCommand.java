package dev.muster.cli;

import dev.muster.api.Policy;
import dev.muster.api.PolicyChange;
import dev.muster.api.PolicyDiff;
import dev.muster.api.PolicyField;
import dev.muster.api.PolicyRehearsal;
import dev.muster.api.PolicyShadow;
import dev.muster.cli.scenario.PolicyFile;
import dev.muster.cli.screen.Live;
import dev.muster.cli.screen.Print;
import dev.muster.cli.screen.Span;
import dev.muster.cli.screen.Table;
import dev.muster.quota.policy.PolicyFields;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The planner's policy: shown, compared, applied, rolled back. Without more words: what is in force. */
@Command(
        name = "policy",
        description = {
            "Shows and changes what operators tune of the planner. Each change is a numbered revision with a reason;",
            "'muster policy' alone shows what is in force."
        },
        footer = {
            "  muster policy                                       what is in force",
            "  muster policy validate -f policy.yaml               whether a file is right; needs no service",
            "  muster policy diff -f policy.yaml                   what a file would change",
            "  muster policy apply -f policy.yaml --why 'more order'",
            "  muster policy history",
            "  muster policy shadow -f policy.yaml --why 'what if' plans beside it and touches nothing",
            "  muster policy rehearse -f policy.yaml --hours 24    what it would have done with what was recorded",
            "  muster policy rollback 3 --why 'waits got longer'"
        })
final class PolicyCommand extends Verb {
    private static final Duration BEAT = Duration.ofSeconds(1);

    @Override
    public Integer call() {
        Policy policy = client().policies().current();
        if (!forPeople()) {
            Print.one(screen(), policy);
            return ExitCode.OK;
        }
        var status = Objects.requireNonNull(policy.status(), "a policy that was read has a status");
        screen().print("Revision %d by %s: %s".formatted(status.revision(), status.actor(), status.why()));
        Map<String, String> effective = status.effective();
        Table table = new Table("FIELD", "VALUE", "STANDARD", "MEANING");
        for (PolicyField field : client().policies().fields()) {
            table.row(field.path(), effective.getOrDefault(field.path(), ""), field.standard(), field.meaning());
        }
        table.print(screen());
        return ExitCode.OK;
    }

    @Command(
            name = "validate",
            mixinStandardHelpOptions = true,
            description = {
                "Checks a policy file and changes nothing: exit code 2 with line and column where something is wrong.",
                "The file alone is looked at, so no service is needed; 'diff' and 'apply --dry-run' ask the one that runs."
            })
    int validate(
            @Option(
                            names = {"-f", "--file"},
                            required = true,
                            paramLabel = "FILE")
                    Path file) {
        Policy wanted = policy(file);
        if (forPeople()) {
            screen().print("%s is a policy. What it would change: muster policy diff -f %s".formatted(file, file));
        } else {
            Print.one(screen(), wanted);
        }
        return ExitCode.OK;
    }

    @Command(
            name = "diff",
            mixinStandardHelpOptions = true,
            description = "Shows what a policy file would change. Exit code 0 also where it changes something.")
    int diff(
            @Option(
                            names = {"-f", "--file"},
                            required = true,
                            paramLabel = "FILE")
                    Path file) {
        PolicyDiff diff = client().policies().diff(policy(file));
        if (forPeople()) {
            show(diff.changes(), diff.revision());
        } else {
            Print.one(screen(), diff);
        }
        return ExitCode.OK;
    }

    @Command(
            name = "apply",
            mixinStandardHelpOptions = true,
            description = "Applies a policy file as the next revision; what it does not name is the standard.")
    int apply(
            @Option(
                            names = {"-f", "--file"},
                            required = true,
                            paramLabel = "FILE")
                    Path file,
            @Option(names = "--why", required = true, paramLabel = "TEXT") String why,
            @Option(names = "--dry-run", description = "Run every check and change nothing.") boolean dryRun) {
        Policy wanted = policy(file);
        Policy before = client().policies().current();
        PolicyDiff diff = client().policies().diff(wanted);
        @Nullable
        String etag = before.metadata() == null ? null : before.metadata().etag();
        Policy after = client().policies().apply(wanted, etag, why, dryRun);
        if (forPeople()) {
            show(diff.changes(), diff.revision());
            screen().print(dryRun ? "Nothing was changed: a dry run." : applied(after));
        } else {
            Print.one(screen(), after);
        }
        return ExitCode.OK;
    }

    @Command(name = "history", mixinStandardHelpOptions = true, description = "Lists the revisions, newest first.")
    int history() {
        List<Policy> revisions = client().policies().revisions();
        if (!forPeople()) {
            Print.all(screen(), revisions);
            return ExitCode.OK;
        }
        Table table = new Table(">REVISION", "AT", "BY", "WHY");
        for (Policy policy : revisions) {
            var status = Objects.requireNonNull(policy.status(), "a policy that was read has a status");
            table.row(Long.toString(status.revision()), Span.date(status.at()), status.actor(), status.why());
        }
        table.print(screen());
        return ExitCode.OK;
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Shows an earlier revision, as it can be applied.")
    int show(@Parameters(paramLabel = "REVISION") long revision) {
        Print.documents(screen(), List.of(client().policies().revision(revision)));
        return ExitCode.OK;
    }

    @Command(
            name = "rollback",
            mixinStandardHelpOptions = true,
            description = "Applies the values of an earlier revision as the next one; 0 is the standard.")
    int rollback(
            @Parameters(paramLabel = "REVISION") long revision,
            @Option(names = "--why", required = true, paramLabel = "TEXT") String why) {
        Policy after = client().policies().rollback(revision, why);
        if (forPeople()) {
            screen().print(applied(after));
        } else {
            Print.one(screen(), after);
        }
        return ExitCode.OK;
    }

    @Command(
            name = "shadow",
            mixinStandardHelpOptions = true,
            description = {
                "Shows what another policy would do next to the one in force; it plans and touches nothing.",
                "With a file: lets that policy plan from now on."
            })
    int shadow(
            @Option(
                            names = {"-f", "--file"},
                            paramLabel = "FILE")
                    @Nullable
                    Path file,
            @Option(names = "--why", paramLabel = "TEXT") @Nullable String why,
            @Option(names = "--end", description = "It plans no more.") boolean end) {
        if (end) {
            client().policies().endShadow();
            screen().print("No policy plans in the shadow any more.");
            return ExitCode.OK;
        }
        if (file != null && why == null) {
            throw new BadInput("--why is missing: say why, for who reads it later");
        }
        PolicyShadow shadow = file == null
                ? client().policies().shadow()
                : client().policies().shadow(policy(file), Objects.requireNonNull(why));
        if (forPeople()) {
            new ShadowTable(screen()).show(shadow);
        } else {
            Print.one(screen(), shadow);
        }
        return ExitCode.OK;
    }

    @Command(
            name = "rehearse",
            mixinStandardHelpOptions = true,
            description = {
                "Shows what a policy would have done with the load that was recorded, next to the one in force; changes nothing.",
                "The service computes it in the background, one at a time; Ctrl-C leaves it to go on, --cancel ends it."
            })
    int rehearse(
            @Option(
                            names = {"-f", "--file"},
                            paramLabel = "FILE")
                    @Nullable
                    Path file,
            @Option(
                            names = "--hours",
                            paramLabel = "N",
                            defaultValue = "168",
                            description =
                                    "What was recorded in so many last hours, at most 744 (default ${DEFAULT-VALUE}).")
                    int hours,
            @Option(names = "--cancel", paramLabel = "ID", description = "Ends one that is computed.") @Nullable
                    String cancel) {
        if (cancel != null) {
            PolicyRehearsal over = client().policies().cancelRehearsal(cancel);
            screen().print("Rehearsal %s is %s.".formatted(over.id(), over.state()));
            return ExitCode.OK;
        }
        if (file == null) {
            throw new BadInput("-f is missing: expected a policy file, or --cancel with an id");
        }
        if (hours < 1 || hours > 744) {
            throw new BadInput("Bad --hours %d: expected 1 to 744".formatted(hours));
        }
        Instant from = Instant.now().minus(Duration.ofHours(hours));
        PolicyRehearsal rehearsal = client().policies().rehearse(policy(file), from, null);
        screen().note("Rehearsal %s: muster policy rehearse --cancel %s ends it"
                .formatted(rehearsal.id(), rehearsal.id()));
        while (rehearsal.state().equals("WAITING") || rehearsal.state().equals("RUNNING")) {
            Live.pause(BEAT);
            rehearsal = client().policies().rehearsal(rehearsal.id());
        }
        if (!forPeople()) {
            Print.one(screen(), rehearsal);
        } else if (rehearsal.state().equals("DONE")) {
            new RehearsalTable(screen()).show(rehearsal);
        } else {
            screen().print("Rehearsal %s is %s: %s"
                    .formatted(rehearsal.id(), rehearsal.state(), Objects.requireNonNullElse(rehearsal.trouble(), "")));
        }
        return rehearsal.state().equals("DONE") ? ExitCode.OK : ExitCode.JOB_FAILED;
    }

    private static String applied(Policy policy) {
        return "Revision %d is in force."
                .formatted(Objects.requireNonNull(policy.status(), "applied").revision());
    }

    private void show(List<PolicyChange> changes, long revision) {
        if (changes.isEmpty()) {
            screen().print("Nothing differs from revision " + revision + ".");
            return;
        }
        Table table = new Table("FIELD", "REVISION " + revision, "THEN");
        changes.forEach(change -> table.row(change.path(), change.from(), change.to()));
        table.print(screen());
    }

    /** Checked here, where line and column are known; nested as the wire wants it. */
    static Policy policy(Path file) {
        return new Policy(Policy.KIND, null, PolicyFields.nested(PolicyFile.read(file)), null);
    }
}
