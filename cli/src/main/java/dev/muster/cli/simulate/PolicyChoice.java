package dev.muster.cli.simulate;

import dev.muster.cli.BadInput;
import dev.muster.cli.scenario.Part;
import dev.muster.cli.scenario.PolicyPart;
import dev.muster.quota.plan.PlanSettings;
import dev.muster.quota.policy.PolicyFields;
import dev.muster.simulation.experiment.PolicySpec;
import dev.muster.simulation.scheduler.SchedulerKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who decides in a simulation: one of the names, or a file. {@code kind: Policy} is a policy as the service takes it; {@code
 * kind: SimulatedPolicy} says scheduler, autoscaler and, for Muster, the policy.
 */
public final class PolicyChoice {
    private static final List<String> NAMES =
            Arrays.stream(SchedulerKind.values()).map(SchedulerKind::word).toList();

    private static final String RECORDED = "recorded";

    private PolicyChoice() {}

    /** {@code recorded} is the policy of a recording, null where there is none. */
    public static PolicySpec of(String named, @Nullable PlanSettings recorded) {
        if (named.equals(RECORDED)) {
            if (recorded == null) {
                throw new BadInput(
                        "No policy was recorded", "Expected a --workload that was made by 'muster record' (.ndjson).");
            }
            return new PolicySpec(RECORDED, SchedulerKind.MUSTER, recorded, null);
        }
        Path file = Path.of(named);
        if (NAMES.contains(named)) {
            return new PolicySpec(named, kind(named), PolicyFields.settings(Map.of()), null);
        }
        if (!Files.exists(file)) {
            throw new BadInput(
                    "There is no policy '%s'".formatted(named),
                    "Expected a file, or one of " + String.join(", ", NAMES));
        }
        Part root = Words.root(file);
        Map<String, Part> fields = root.fields("kind", "spec", "name", "scheduler", "autoscaler", "policy");
        if (!fields.containsKey("kind")) {
            throw root.wrong("the file has no 'kind'", "Expected 'kind: Policy' or 'kind: SimulatedPolicy'.");
        }
        String called = String.valueOf(file.getFileName()).replaceAll("\\.ya?ml$", "");
        if (fields.get("kind").word(List.of("Policy", "SimulatedPolicy")).equals("Policy")) {
            Map<String, Part> own = root.fields("kind", "spec");
            if (!own.containsKey("spec")) {
                throw root.wrong(
                        "the policy has no spec", "Expected 'spec:' and below it what differs from the standard.");
            }
            return new PolicySpec(called, SchedulerKind.MUSTER, PolicyPart.settings(own.get("spec")), null);
        }
        Map<String, Part> own = root.fields("kind", "name", "scheduler", "autoscaler", "policy");
        if (!own.containsKey("scheduler")) {
            throw root.wrong("the policy has no 'scheduler'", "Expected one of " + String.join(", ", NAMES));
        }
        return new PolicySpec(
                own.containsKey("name") ? own.get("name").text() : called,
                kind(own.get("scheduler").word(NAMES)),
                own.containsKey("policy") ? PolicyPart.settings(own.get("policy")) : PolicyFields.settings(Map.of()),
                own.containsKey("autoscaler") ? AutoscalerPart.of(own.get("autoscaler")) : null);
    }

    private static SchedulerKind kind(String word) {
        return Arrays.stream(SchedulerKind.values())
                .filter(kind -> kind.word().equals(word))
                .findFirst()
                .orElseThrow();
    }
}
