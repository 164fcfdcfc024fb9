package dev.muster.kubernetes.doctor;

import dev.muster.kubernetes.volcanoconfig.InForce;
import dev.muster.volcano.conf.Input;
import dev.muster.volcano.lint.Finding;
import dev.muster.volcano.lint.Linter;
import dev.muster.volcano.lint.Severity;
import dev.muster.volcano.render.TextDiff;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Optional;

/** Whether Volcano's scheduler is configured as Muster wants, and if not, what its configuration does. */
record ConfigurationCheck(KubernetesClient client, Expected expected) implements Check {
    @Override
    public String name() {
        return "VOLCANO_CONFIGURATION";
    }

    @Override
    public Diagnosis look() {
        Expected.VolcanoPlace place = expected.volcano();
        String named = "%s/%s".formatted(place.namespace(), place.configMap());
        Optional<String> text = new InForce(client, place.namespace(), place.configMap(), place.key()).read();
        if (text.isEmpty()) {
            return Diagnosis.fail(
                    name(),
                    "no ConfigMap %s with %s: Volcano runs on what is built in, which spreads pods"
                            .formatted(named, place.key()),
                    "muster volcano apply, or say where it is: muster.volcano.config-map.");
        }
        List<Finding> findings = Linter.lint(Input.read(place.key(), text.get()));
        List<String> rules = findings.stream()
                .filter(finding -> finding.severity() != Severity.NOTE)
                .map(finding -> finding.rule().name())
                .distinct()
                .toList();
        boolean isDead = findings.stream().anyMatch(finding -> finding.severity() == Severity.ERROR);
        boolean differs = !TextDiff.of(text.get(), expected.configuration()).isEmpty();
        if (!differs) {
            return Diagnosis.ok(name(), named + " is as Muster renders it");
        }
        String seen = "%s differs from what Muster renders%s"
                .formatted(named, rules.isEmpty() ? "" : "; findings: " + Expected.some(rules));
        String mend = "muster volcano diff shows it and why; muster volcano apply writes Muster's.";
        return isDead ? Diagnosis.fail(name(), seen, mend) : Diagnosis.warn(name(), seen, mend);
    }
}
