package dev.muster.cli;

import dev.muster.cli.plan.JobStory;
import dev.muster.cli.plan.PlanObjects;
import dev.muster.cli.plan.PlanText;
import dev.muster.cli.plan.Planned;
import dev.muster.cli.plan.PolicyDifference;
import dev.muster.cli.plan.ScenarioFiles;
import dev.muster.cli.scenario.Course;
import dev.muster.cli.scenario.PolicyFile;
import dev.muster.cli.scenario.ScenarioReader;
import dev.muster.cli.scenario.Schema;
import dev.muster.cli.screen.Colour;
import dev.muster.cli.screen.Print;
import dev.muster.cli.screen.Table;
import dev.muster.quota.name.JobId;
import dev.muster.quota.plan.PlanSettings;
import dev.muster.quota.policy.PolicyFields;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Plans scenario files with the engine of the service, without a service. */
@Command(
        name = "plan",
        description = {
            "Shows what the planner makes of scenarios: files with pools, queues, running and pending jobs",
            "(docs/scenarios.md). No service is needed.",
            "",
            "Exit codes: 0 as expected, or nothing is expected; 1 a plan differs from what its file expects;",
            "  2 a file is wrong: line, column, and what was expected."
        },
        footer = {
            "  muster plan examples/scenarios/three-queues.yaml       which jobs start, and why the others wait",
            "  muster plan story.yaml --cycles 3                      each plan carried out, then planned again",
            "  muster plan --check scenarios/                         are all plans as their files expect?",
            "  muster plan story.yaml --explain train                 all about one job",
            "  muster plan story.yaml --diff policy.yaml              what another policy would change",
            "  muster plan story.yaml -o json                         for programs",
            "  muster plan --schema > scenario.schema.json            for editors"
        })
final class PlanCommand extends Verb {
    @Parameters(paramLabel = "FILE", arity = "0..*", description = "Scenarios in YAML, or folders of them.")
    private List<Path> named = new ArrayList<>();

    @Option(
            names = "--cycles",
            paramLabel = "N",
            defaultValue = "1",
            description = {
                "Carry each plan out and plan again when something happens, N times (1 to 1000; default 1):",
                "who was launched runs, who was evicted waits again, what has a maxRunTime ends."
            })
    private int cycles = 1;

    @Option(
            names = "--check",
            description = "Say only whether the plans are as the files expect; each must expect something.")
    private boolean check;

    @Option(
            names = "--explain",
            paramLabel = "JOB",
            description = "Everything about one job: its turn taken apart, every reason with its numbers.")
    private @Nullable String explained;

    @Option(
            names = "--diff",
            paramLabel = "POLICY",
            description = "What another policy would change: a file as for 'muster policy apply'.")
    private @Nullable Path policy;

    @Option(names = "--schema", description = "Print the JSON Schema of scenario files.")
    private boolean schema;

    @Override
    public Integer call() {
        if (schema) {
            screen().out().print(Schema.text());
            return ExitCode.OK;
        }
        if (cycles < 1 || cycles > 1000) {
            throw new BadInput("Bad --cycles %d: expected 1 to 1000".formatted(cycles));
        }
        if (named.isEmpty()) {
            throw new BadInput(
                    "No scenario named", "Expected 'muster plan FILE…'; examples are in examples/scenarios.");
        }
        PlanSettings other = policy == null ? null : PolicyFields.settings(PolicyFile.read(policy));
        List<Planned> all = new ArrayList<>();
        int code = ExitCode.OK;
        for (Path file : ScenarioFiles.of(named)) {
            try {
                all.add(planned(file));
            } catch (BadInput wrong) {
                // The others are planned all the same.
                code = new Complaints(screen()).of(wrong);
            }
        }
        if (other == null) {
            show(all);
        } else {
            differences(all, other);
        }
        return code != ExitCode.OK
                ? code
                : all.stream().allMatch(each -> each.differences().isEmpty()) ? ExitCode.OK : ExitCode.JOB_FAILED;
    }

    private Planned planned(Path file) {
        Planned planned = Planned.of(file, ScenarioReader.read(file), cycles);
        if (check && !planned.expectsSomething()) {
            throw new BadInput(file + ": nothing to check", "Expected 'expect:' with what the plan says.");
        }
        return planned;
    }

    private void show(List<Planned> all) {
        if (!forPeople()) {
            Print.one(screen(), all.stream().map(this::object).toList());
            return;
        }
        for (int i = 0; i < all.size(); i++) {
            Planned planned = all.get(i);
            if (check) {
                verdict(planned);
            } else {
                if (i > 0) {
                    screen().print("");
                }
                plans(planned);
            }
        }
        if (check && all.size() > 1) {
            long missed =
                    all.stream().filter(each -> !each.differences().isEmpty()).count();
            screen().print("%d scenarios, %d as expected, %d not".formatted(all.size(), all.size() - missed, missed));
        }
    }

    /** One file as programs read it. */
    record Difference(String file, String story, List<PolicyDifference.Change> changes) {}

    private void differences(List<Planned> all, PlanSettings other) {
        List<Difference> differences = all.stream()
                .map(each -> new Difference(
                        each.file().toString(), each.scenario().story(), PolicyDifference.of(each.scenario(), other)))
                .toList();
        if (!forPeople()) {
            Print.one(screen(), differences);
            return;
        }
        for (Difference each : differences) {
            screen().print(screen().paint(Colour.BOLD, each.story()));
            if (each.changes().isEmpty()) {
                screen().print("  no difference");
                continue;
            }
            Table table = new Table("JOB", "NOW", "WITH THAT POLICY");
            each.changes().forEach(change -> table.row(change.job(), change.now(), change.then()));
            table.print(screen());
        }
    }

    private PlanObjects.File object(Planned planned) {
        return new PlanObjects.File(
                planned.file().toString(),
                planned.scenario().story(),
                planned.turns().stream().limit(cycles).map(PlanObjects::of).toList(),
                planned.expectsSomething() ? planned.differences().isEmpty() : null,
                planned.differences());
    }

    private static JobId job(String name) {
        try {
            return new JobId(name);
        } catch (IllegalArgumentException e) {
            throw new BadInput(String.valueOf(e.getMessage()));
        }
    }

    private void verdict(Planned planned) {
        boolean met = planned.differences().isEmpty();
        screen().print("%s  %s  %s"
                .formatted(
                        screen().paint(met ? Colour.GREEN : Colour.RED, met ? "as expected" : "NOT        "),
                        planned.file(),
                        planned.scenario().story()));
        planned.differences().forEach(each -> screen().print("             " + each));
    }

    private void plans(Planned planned) {
        screen().print(screen().paint(Colour.BOLD, planned.scenario().story()));
        for (Course.Turn turn : planned.turns().stream().limit(cycles).toList()) {
            screen().print("");
            if (turn.cycle() > 1) {
                screen().print(screen().paint(
                                        Colour.BOLD,
                                        "Plan %d at %s"
                                                .formatted(
                                                        turn.cycle(),
                                                        turn.snapshot().now()))
                        + (turn.happened().isEmpty() ? "" : ": " + String.join(", ", turn.happened())));
            }
            if (explained == null) {
                new PlanText(screen(), turn).print();
            } else if (!new JobStory(screen(), turn, job(explained)).print()) {
                throw new BadInput(
                        "%s: no job '%s' waits or runs there".formatted(planned.file(), explained),
                        "Expected the name of one of its jobs.");
            }
        }
        if (planned.turns().size() < cycles) {
            screen().print("");
            screen().print("Nothing more happens.");
        }
        planned.differences().forEach(each -> screen().err().println("Not as expected: " + each));
    }
}
