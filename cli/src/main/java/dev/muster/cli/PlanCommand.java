package dev.muster.cli;

import dev.muster.cli.scenario.Expectation;
import dev.muster.cli.scenario.Scenario;
import dev.muster.cli.scenario.ScenarioReader;
import dev.muster.cli.scenario.Successor;
import dev.muster.cli.scenario.Telling;
import dev.muster.cli.screen.Print;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.plan.Decision;
import dev.muster.quota.plan.Plan;
import dev.muster.quota.plan.Planner;
import dev.muster.quota.plan.Reason;
import dev.muster.quota.plan.Snapshot;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Plans a scenario file with the engine of the service, without a service. */
@Command(
        name = "plan",
        description = {
            "Shows what the planner makes of a scenario: a file with pools, queues, running and pending jobs",
            "(docs/scenarios.md). Where the file says what it expects, a plan that differs ends with exit code 1."
        },
        footer = {
            "  muster plan examples/scenarios/three-queues.yaml       which jobs start, and why the others wait",
            "  muster plan story.yaml --cycles 3                      each plan carried out, then planned again",
            "  muster plan story.yaml -o json                         for programs"
        })
final class PlanCommand extends Verb {
    @Parameters(paramLabel = "FILE", description = "A scenario in YAML.")
    private Path file = Path.of("");

    @Option(
            names = "--cycles",
            paramLabel = "N",
            defaultValue = "1",
            description = "Carry each plan out and plan again, N times (1 to 1000; default 1). Time stands still.")
    private int cycles = 1;

    /** One cycle as programs read it. */
    record Cycle(int cycle, List<Telling.Told> decisions) {}

    @Override
    public Integer call() {
        if (cycles < 1 || cycles > 1000) {
            throw new BadInput("Bad --cycles %d: expected 1 to 1000".formatted(cycles));
        }
        Scenario scenario = ScenarioReader.read(file);
        Planner planner = new Planner();
        Snapshot snapshot = scenario.snapshot();
        List<Expectation> told = new ArrayList<>();
        List<Cycle> all = new ArrayList<>();
        if (forPeople()) {
            screen().print(scenario.story());
        }
        for (int cycle = 1; cycle <= cycles; cycle++) {
            Plan plan = planner.plan(snapshot);
            if (cycle == 1) {
                told.addAll(Telling.expectations(plan));
            }
            if (forPeople()) {
                show(cycle, plan);
            } else {
                all.add(new Cycle(cycle, Telling.objects(plan)));
            }
            snapshot = Successor.of(snapshot, plan);
        }
        if (!forPeople()) {
            Print.one(screen(), all);
        }
        List<String> differences =
                scenario.expectations().isEmpty() ? List.of() : Expectation.differences(scenario.expectations(), told);
        differences.forEach(difference -> screen().err().println("Not as expected: " + difference));
        return differences.isEmpty() ? ExitCode.OK : ExitCode.JOB_FAILED;
    }

    private void show(int cycle, Plan plan) {
        if (cycles > 1) {
            screen().print("");
            screen().print("Cycle " + cycle);
        }
        if (plan.decisions().isEmpty()) {
            screen().print("  nothing to decide: no job waits");
        }
        for (Decision decision : plan.decisions()) {
            screen().print("  "
                    + decision.match(
                            launch -> line("launch", launch.job(), launch.pools()),
                            grow -> line("grow  ", grow.job(), grow.pools()),
                            shrink -> line("shrink", shrink.job(), shrink.reason()),
                            evict -> line("evict ", evict.job(), evict.reason()),
                            hold -> line("hold  ", hold.job(), hold.reason())));
            @Nullable String hint = decision.reason().hint();
            if (hint != null) {
                screen().print("      → " + hint);
            }
        }
    }

    private static String line(String what, JobId job, Map<RoleName, Map<PoolName, Integer>> placement) {
        StringBuilder line = new StringBuilder("%s  %s".formatted(what, job));
        Telling.placements(placement)
                .forEach((role, pools) ->
                        pools.forEach((pool, pods) -> line.append("  %d × %s in %s".formatted(pods, role, pool))));
        return line.toString();
    }

    private static String line(String what, JobId job, Reason reason) {
        return "%s  %s  %s: %s".formatted(what, job, reason.code(), reason.message());
    }
}
