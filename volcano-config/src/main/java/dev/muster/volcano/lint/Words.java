package dev.muster.volcano.lint;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Words as messages show them. */
final class Words {
    private static final int SHOWN = 60;

    private Words() {}

    /** One line of bounded length without control characters: names come from a file of anybody. */
    static String shown(String word) {
        String plain = word.replaceAll("\\p{Cntrl}", " ");
        return plain.length() > SHOWN ? plain.substring(0, SHOWN) + "…" : plain;
    }

    /** The known word with the same letters: other capitals, hyphens or dots. */
    static Optional<String> sameLetters(String word, Collection<String> known) {
        return known.stream()
                .filter(candidate -> letters(candidate).equals(letters(word)))
                .findFirst();
    }

    /** "Write X." where it is clear what was meant, else all there is. */
    static String advice(String word, Collection<String> known) {
        return sameLetters(word, known)
                .map("Write '%s'."::formatted)
                .orElseGet(() -> known.isEmpty()
                        ? "Take it away: there is none."
                        : "Take it away, or write one of: " + String.join(", ", known) + ".");
    }

    private static String letters(String word) {
        return word.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9*]", "");
    }
}
