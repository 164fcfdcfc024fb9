package dev.muster.simulation.journal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads what {@link WordWriter} wrote; an {@link IllegalArgumentException} says what is not as it was written. */
public final class WordReader {
    private final String words;
    private int at;

    public WordReader(String words) {
        this.words = words;
    }

    public @Nullable String wordOrNull() {
        if (at > words.length()) {
            throw new IllegalArgumentException("The record ends too early");
        }
        int space = words.indexOf(' ', at);
        int end = space < 0 ? words.length() : space;
        String word = words.substring(at, end);
        at = end + 1;
        if (word.equals(WordWriter.NULL)) {
            return null;
        }
        return word.equals(WordWriter.EMPTY) ? "" : unescape(word);
    }

    private static String unescape(String word) {
        if (word.indexOf('%') < 0) {
            return word;
        }
        StringBuilder text = new StringBuilder(word.length());
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (c != '%') {
                text.append(c);
            } else if (i + 5 > word.length()) {
                throw new IllegalArgumentException("Bad escape at the end of a word");
            } else {
                text.append((char) Integer.parseInt(word, i + 1, i + 5, 16));
                i += 4;
            }
        }
        return text.toString();
    }

    public String word() {
        String word = wordOrNull();
        if (word == null) {
            throw new IllegalArgumentException("A word is missing");
        }
        return word;
    }

    public int number() {
        return Integer.parseInt(word());
    }

    public long longNumber() {
        return Long.parseLong(word());
    }

    public @Nullable Long longOrNull() {
        String word = wordOrNull();
        return word == null ? null : Long.valueOf(word);
    }

    public @Nullable Integer numberOrNull() {
        String word = wordOrNull();
        return word == null ? null : Integer.valueOf(word);
    }

    public boolean flag() {
        String word = word();
        if (!word.equals("y") && !word.equals("n")) {
            throw new IllegalArgumentException("Neither y nor n but '%s'".formatted(word));
        }
        return word.equals("y");
    }

    public @Nullable Instant instantOrNull() {
        String word = wordOrNull();
        if (word == null) {
            return null;
        }
        int dot = dot(word);
        return Instant.ofEpochSecond(Long.parseLong(word.substring(0, dot)), Integer.parseInt(word.substring(dot + 1)));
    }

    public Instant instant() {
        Instant instant = instantOrNull();
        if (instant == null) {
            throw new IllegalArgumentException("A time is missing");
        }
        return instant;
    }

    public Duration duration() {
        String word = word();
        int dot = dot(word);
        return Duration.ofSeconds(Long.parseLong(word.substring(0, dot)), Integer.parseInt(word.substring(dot + 1)));
    }

    private static int dot(String word) {
        int dot = word.indexOf('.');
        if (dot < 0) {
            throw new IllegalArgumentException("No time but '%s'".formatted(word));
        }
        return dot;
    }

    public <T> List<T> all(Supplier<T> each) {
        int count = number();
        List<T> elements = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            elements.add(each.get());
        }
        return elements;
    }

    public List<String> words() {
        return all(this::word);
    }

    public Map<String, String> map() {
        int count = number();
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            map.put(word(), word());
        }
        return map;
    }
}
