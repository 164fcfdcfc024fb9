package dev.muster.benchmarks;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The written limits: {@code limits.yaml}. */
record Limits(Map<String, Limit> byFigure) {
    /** A bound of a figure, in the figure's unit, and why it is what it is. Exactly one of the two bounds is set. */
    record Limit(Optional<Double> atMost, Optional<Double> atLeast, String unit, String reason) {
        Limit {
            if (atMost.isPresent() == atLeast.isPresent()) {
                throw new IllegalArgumentException("A limit needs either atMost or atLeast");
            }
        }

        boolean holds(double value) {
            return atMost.map(bound -> value <= bound).orElse(true)
                    && atLeast.map(bound -> value >= bound).orElse(true);
        }

        String shown() {
            return atMost.map(bound -> "≤ " + Figure.number(bound))
                    .orElseGet(() -> "≥ " + Figure.number(atLeast.orElseThrow()));
        }
    }

    static Limits read(Path file) throws IOException {
        Map<String, Limit> limits = new TreeMap<>();
        JsonNode root = YAMLMapper.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build()
                .readTree(file.toFile());
        for (Map.Entry<String, JsonNode> entry : root.properties()) {
            JsonNode limit = entry.getValue();
            limits.put(
                    entry.getKey(),
                    new Limit(
                            Optional.ofNullable(limit.get("atMost")).map(JsonNode::doubleValue),
                            Optional.ofNullable(limit.get("atLeast")).map(JsonNode::doubleValue),
                            limit.required("unit").textValue(),
                            limit.required("reason").textValue()));
        }
        return new Limits(Map.copyOf(limits));
    }

    /** A sentence for each figure that is beyond its limit. */
    List<String> broken(List<Figure> figures) {
        List<String> broken = new ArrayList<>();
        for (Figure figure : figures) {
            Limit limit = byFigure.get(figure.name());
            if (limit != null && !limit.holds(figure.value())) {
                broken.add("%s is %s, limit %s: %s"
                        .formatted(figure.name(), figure.shown(), limit.shown(), limit.reason()));
            }
        }
        return broken;
    }
}
