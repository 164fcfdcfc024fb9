package dev.muster.job;

import dev.muster.quota.name.JobId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which child of an array a job is: the array has {@code size} of them, numbered by {@code index}. At most {@code parallelism} of
 * them are neither blocked nor ended at once; null: all may be.
 */
public record ArrayPlace(
        JobId array, int index, int size, @Nullable Integer parallelism) {
    /** The words that stand for something, for messages. */
    public static final String WORDS = "array.index, array.size, array.id";

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\s*array\\.([A-Za-z]*)\\s*}}");

    /** The same place of another child. */
    public ArrayPlace at(int other) {
        return new ArrayPlace(array, other, size, parallelism);
    }

    /**
     * The text with what stands in it between two braces; other braces are left as they are.
     *
     * @throws IllegalArgumentException where a word begins with {@code array.} and is none
     */
    public String fill(String text) {
        if (!text.contains("{{")) {
            return text;
        }
        Matcher words = PLACEHOLDER.matcher(text);
        return words.replaceAll(found -> Matcher.quoteReplacement(word(found.group(), found.group(1))));
    }

    private String word(String shown, String word) {
        return switch (word) {
            case "index" -> Integer.toString(index);
            case "size" -> Integer.toString(size);
            case "id" -> array.value();
            default -> throw new IllegalArgumentException("'%s': expected one of %s".formatted(shown, WORDS));
        };
    }
}
