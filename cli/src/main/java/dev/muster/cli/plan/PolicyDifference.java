package dev.muster.cli.plan;

import dev.muster.cli.scenario.Course;
import dev.muster.cli.scenario.Scenario;
import dev.muster.cli.scenario.Starts;
import dev.muster.cli.scenario.Telling;
import dev.muster.quota.plan.PlanSettings;
import dev.muster.quota.plan.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** What another policy would make of a scenario: of each job what becomes of it now and then, where that differs. */
public final class PolicyDifference {
    private static final String NOTHING = "goes on";

    private PolicyDifference() {}

    /** One job; {@code now} and {@code then} are in the words of expectations. */
    public record Change(String job, String now, String then) {}

    /** Of the first plan, by job. */
    public static List<Change> of(Scenario scenario, PlanSettings other) {
        Map<String, String> now = told(scenario);
        Map<String, String> then = told(scenario.with(with(scenario.snapshot(), other)));
        List<Change> changes = new ArrayList<>();
        TreeSet<String> jobs = new TreeSet<>(now.keySet());
        jobs.addAll(then.keySet());
        for (String job : jobs) {
            String before = now.getOrDefault(job, NOTHING);
            String after = then.getOrDefault(job, NOTHING);
            if (!before.equals(after)) {
                changes.add(new Change(job, before, after));
            }
        }
        return changes;
    }

    private static Map<String, String> told(Scenario scenario) {
        Map<String, String> told = new TreeMap<>();
        Course.Turn turn = new Course(scenario).turns(1).get(0);
        Telling.expectations(turn.plan(), Starts.of(turn.snapshot(), turn.plan()))
                .forEach(each -> told.put(each.job(), each.withoutJob()));
        return told;
    }

    private static Snapshot with(Snapshot snapshot, PlanSettings settings) {
        return snapshot.with(settings);
    }
}
