package dev.muster.cli;

import dev.muster.cli.plan.PlanObjects;
import dev.muster.cli.plan.PlanText;
import dev.muster.cli.plan.Planned;
import dev.muster.cli.plan.ScenarioFiles;
import dev.muster.cli.scenario.Course;
import dev.muster.cli.scenario.ScenarioReader;
import dev.muster.cli.scenario.Schema;
import dev.muster.cli.screen.Colour;
import dev.muster.cli.screen.Print;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
        show(all);
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
            Print.one(screen(), all.stream().map(PlanCommand::object).toList());
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

    private static PlanObjects.File object(Planned planned) {
        return new PlanObjects.File(
                planned.file().toString(),
                planned.scenario().story(),
                planned.turns().stream().map(PlanObjects::of).toList(),
                planned.expectsSomething() ? planned.differences().isEmpty() : null,
                planned.differences());
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
        for (Course.Turn turn : planned.turns()) {
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
            new PlanText(screen(), turn).print();
        }
        if (planned.turns().size() < cycles) {
            screen().print("");
            screen().print("Nothing more happens.");
        }
        planned.differences().forEach(each -> screen().err().println("Not as expected: " + each));
    }
}
