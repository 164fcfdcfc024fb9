package dev.muster.postgres;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Values that very many rows share (names, specs), each made once from its text. */
final class Words<T> {
    private static final int MOST = 10_000;

    private final Map<String, T> known = new ConcurrentHashMap<>();
    private final Function<String, T> parse;

    Words(Function<String, T> parse) {
        this.parse = parse;
    }

    T of(String text) {
        if (known.size() >= MOST) {
            known.clear();
        }
        return known.computeIfAbsent(text, parse);
    }
}
