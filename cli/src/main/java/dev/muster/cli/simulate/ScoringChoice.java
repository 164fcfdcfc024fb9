package dev.muster.cli.simulate;

import dev.muster.cli.BadInput;
import dev.muster.cli.scenario.Part;
import dev.muster.simulation.fill.Scoring;
import dev.muster.simulation.fill.Weights;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How nodes are chosen: one of the names, or a file of {@code kind: Scoring} with the weights that Volcano's plugins are told. */
public final class ScoringChoice {
    private static final Map<String, Scoring> NAMED = new LinkedHashMap<>();

    static {
        add(Scoring.of("volcano", Weights.SHIPPED));
        add(Scoring.of("nodeorder", new Weights(1, 0, 1, 0, 1, 1, 0, 0)));
        add(Scoring.of("binpack", new Weights(0, 0, 0, 1, 1, 1, 0, 0)));
        add(Scoring.of("binpack-gpu", new Weights(0, 0, 0, 1, 1, 1, 1, 0)));
        add(new Scoring("random", Scoring.Kind.RANDOM, null, true));
        add(new Scoring("best-fit", Scoring.Kind.BEST_FIT, null, false));
        add(new Scoring("least-fragmentation", Scoring.Kind.LEAST_FRAGMENTATION, null, false));
        add(new Scoring("least-fragmentation-ties-by-lot", Scoring.Kind.LEAST_FRAGMENTATION, null, true));
    }

    private ScoringChoice() {}

    private static void add(Scoring scoring) {
        NAMED.put(scoring.name(), scoring);
    }

    public static Scoring of(String named) {
        Scoring known = NAMED.get(named);
        if (known != null) {
            return known;
        }
        Path file = Path.of(named);
        if (!Files.exists(file)) {
            throw new BadInput(
                    "There is no scoring '%s'".formatted(named),
                    "Expected a file, or one of " + String.join(", ", NAMED.keySet()));
        }
        Words words = Words.read(file, "Scoring", List.of("name", "nodeorder", "binpack"));
        Words nodeorder = own(words, "nodeorder", "leastrequested", "mostrequested", "balancedresource", "smallNodes");
        Words binpack = own(words, "binpack", "weight", "cpu", "memory", "gpu");
        return Scoring.of(
                words.has("name")
                        ? words.part("name").text()
                        : String.valueOf(file.getFileName()).replaceAll("\\.ya?ml$", ""),
                new Weights(
                        weight(nodeorder, "leastrequested", 1),
                        weight(nodeorder, "mostrequested", 0),
                        weight(nodeorder, "balancedresource", 1),
                        weight(binpack, "weight", words.has("binpack") ? 1 : 0),
                        weight(binpack, "cpu", 1),
                        weight(binpack, "memory", 1),
                        weight(binpack, "gpu", 0),
                        weight(nodeorder, "smallNodes", 0)));
    }

    private static Words own(Words words, String field, String... known) {
        Map<String, Part> none = Map.of();
        return new Words(words.has(field) ? words.part(field).fields(known) : none);
    }

    private static double weight(Words words, String field, double usual) {
        return words.number(field, 0, 10_000, usual);
    }
}
