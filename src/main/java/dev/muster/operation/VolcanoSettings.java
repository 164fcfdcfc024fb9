package dev.muster.operation;

import dev.muster.Settings;
import dev.muster.kubernetes.Steward;
import dev.muster.kubernetes.doctor.Expected;
import dev.muster.postgres.PolicyStore;
import dev.muster.postgres.PoolStore;
import dev.muster.postgres.Versioned;
import dev.muster.problem.MusterException;
import dev.muster.quota.policy.PolicyFields;
import dev.muster.volcano.conf.Input;
import dev.muster.volcano.lint.Finding;
import dev.muster.volcano.lint.Linter;
import dev.muster.volcano.render.Eviction;
import dev.muster.volcano.render.NodeOrder;
import dev.muster.volcano.render.Rendering;
import dev.muster.volcano.render.TextDiff;
import dev.muster.volcano.render.Wanted;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The configuration of Volcano's scheduler: what the policy asks for, what is in force, and the change from one to the other. */
@ApplicationScoped
public class VolcanoSettings {
    private static final Set<String> PLENTIFUL = Set.of("cpu", "memory", "pods", "ephemeral-storage");

    private final Settings settings;
    private final PolicyStore policies;
    private final PoolStore pools;
    private final Stewards stewards;

    VolcanoSettings(Settings settings, PolicyStore policies, PoolStore pools, Stewards stewards) {
        this.settings = settings;
        this.policies = policies;
        this.pools = pools;
        this.stewards = stewards;
    }

    /** Both texts and what is to be said of the first; {@code confirmation} stands for the two. */
    public record Comparison(
            Expected.VolcanoPlace place,
            Optional<String> inForce,
            String wanted,
            List<String> diff,
            List<Finding> findings,
            String confirmation) {}

    public Expected.VolcanoPlace place() {
        Settings.Volcano volcano = settings.volcano();
        return new Expected.VolcanoPlace(volcano.namespace(), volcano.configMap(), volcano.key());
    }

    /** The text that the policy asks for. */
    @Transactional
    public String wanted() {
        Map<String, String> policy = PolicyFields.effective(policies.current().values());
        TreeSet<String> scarce = new TreeSet<>();
        pools.all().stream()
                .map(Versioned::value)
                .forEach(pool -> scarce.addAll(pool.resources().names()));
        scarce.removeAll(PLENTIFUL);
        return Rendering.of(new Wanted(
                eviction(policy),
                new NodeOrder(
                        weight(policy, "leastRequested"),
                        weight(policy, "mostRequested"),
                        weight(policy, "balanced"),
                        weight(policy, "topologySpread")),
                weight(policy, "binpackWeight"),
                weight(policy, "binpackCpu"),
                weight(policy, "binpackMemory"),
                weight(policy, "binpackScarce"),
                scarce));
    }

    private static int weight(Map<String, String> policy, String name) {
        return Integer.parseInt(policy.get("volcano." + name));
    }

    private static Eviction eviction(Map<String, String> policy) {
        if (!Boolean.parseBoolean(policy.get("volcano.evicts"))) {
            return Eviction.NONE;
        }
        return Boolean.parseBoolean(policy.get("volcano.wholeGangs")) ? Eviction.WHOLE_GANGS : Eviction.PROTECT_GANGS;
    }

    public Comparison compare() {
        Expected.VolcanoPlace place = place();
        return compare(
                place, stewards.require("look at Volcano's configuration").configuration(place));
    }

    /** @throws MusterException where what is confirmed is not what there is now, or there is no ConfigMap */
    public Comparison apply(String confirmation) {
        Steward steward = stewards.require("apply Volcano's configuration");
        Comparison now = compare();
        String seen = now.inForce()
                .orElseThrow(
                        () -> MusterException.notFound("ConfigMap", place().namespace() + "/" + place().configMap()));
        if (!now.confirmation().equals(confirmation) || !steward.configure(now.place(), now.wanted(), seen)) {
            throw MusterException.conflict("configuration of", "Volcano");
        }
        return compare(now.place(), Optional.of(now.wanted()));
    }

    private Comparison compare(Expected.VolcanoPlace place, Optional<String> inForce) {
        String wanted = wanted();
        return new Comparison(
                place,
                inForce,
                wanted,
                TextDiff.of(inForce.orElse(""), wanted),
                inForce.map(text -> Linter.lint(Input.read(place.key(), text))).orElse(List.of()),
                digest(inForce.orElse("") + "\0" + wanted));
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
