package dev.muster.volcano.conf;

import java.util.Optional;

/** Numbers as YAML writes them. */
final class Numbers {
    private Numbers() {}

    static Optional<Double> of(String text) {
        try {
            return Optional.of(Double.parseDouble(text.replace("_", "")));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
