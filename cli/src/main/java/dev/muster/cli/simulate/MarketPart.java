package dev.muster.cli.simulate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.cli.scenario.Part;
import dev.muster.simulation.market.Market;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How many nodes of an offering there are: {@code nodes} (a number, or a list of {@code {from, nodes}}), {@code storms} by lot, or a
 * {@code trace} of spot availability as spot-traces has them.
 */
final class MarketPart {
    private static final int MOST = 1_000_000;

    private final Path file;

    MarketPart(Path file) {
        this.file = file;
    }

    Market of(Words words) {
        if (words.has("trace")) {
            return trace(words.part("trace"));
        }
        if (words.has("storms")) {
            return storms(words);
        }
        if (!words.has("nodes")) {
            return Market.ENDLESS;
        }
        Part nodes = words.part("nodes");
        if (!nodes.isList()) {
            return new Market.Plain(List.of(new Market.Step(0, nodes.whole(0, MOST))));
        }
        List<Market.Step> steps = new ArrayList<>();
        for (Part item : nodes.items()) {
            Map<String, Part> own = item.fields("from", "nodes");
            if (!own.containsKey("nodes")) {
                throw item.wrong("%s has no 'nodes'".formatted(item.path()), "Expected such as {from: 5h, nodes: 20}.");
            }
            long from = own.containsKey("from") ? Words.length(own.get("from")) : 0;
            if (steps.isEmpty()
                    ? from != 0
                    : from <= steps.get(steps.size() - 1).at()) {
                throw item.wrong(
                        "%s begins %s"
                                .formatted(item.path(), steps.isEmpty() ? "after 0s" : "not after the one before"),
                        "Expected the first without 'from', and each later than the one before.");
            }
            steps.add(new Market.Step(from, own.get("nodes").whole(0, MOST)));
        }
        if (steps.isEmpty()) {
            throw nodes.wrong("%s is empty".formatted(nodes.path()));
        }
        return new Market.Plain(steps);
    }

    private static Market storms(Words words) {
        Part part = words.part("storms");
        Words own = new Words(part.fields("every", "lasts", "left"));
        int nodes = words.whole("nodes", 0, MOST, -1);
        if (nodes < 0) {
            throw part.wrong(
                    "storms need to know how many nodes there are without", "Expected 'nodes: N' beside 'storms'.");
        }
        if (!own.has("every") || !own.has("lasts")) {
            throw part.wrong(
                    "%s needs 'every' and 'lasts'".formatted(part.path()),
                    "Expected such as {every: 12h, lasts: 3h, left: 20}.");
        }
        return new Market.Storms(
                nodes,
                own.whole("left", 0, nodes, nodes / 2),
                Math.max(1, own.length("every", 1)),
                Math.max(1, own.length("lasts", 1)));
    }

    private Market trace(Part part) {
        Words own = new Words(part.isMapping() ? part.fields("file", "scale", "from") : Map.of("file", part));
        if (!own.has("file")) {
            throw part.wrong("%s has no 'file'".formatted(part.path()));
        }
        Path named = Path.of(own.part("file").text());
        Path at = named.isAbsolute() || file.getParent() == null
                ? named
                : file.getParent().resolve(named);
        try {
            JsonNode json = new ObjectMapper().readTree(at.toFile());
            double gap = json.path("metadata").path("gap_seconds").asDouble(0);
            List<Integer> values = new ArrayList<>();
            json.path("data").forEach(value -> values.add(value.asInt(-1)));
            if (gap <= 0 || values.isEmpty() || values.stream().anyMatch(value -> value < 0)) {
                throw part.wrong(
                        "%s is no spot trace".formatted(at),
                        "Expected {\"metadata\": {\"gap_seconds\": N}, \"data\": [numbers of 0 or more]}.");
            }
            return new Market.Recorded(
                    (long) (gap * 1000), values, own.whole("scale", 1, MOST, 1), own.length("from", 0));
        } catch (IOException e) {
            throw part.wrong("cannot read the trace %s: %s".formatted(at, e.getMessage()));
        }
    }
}
