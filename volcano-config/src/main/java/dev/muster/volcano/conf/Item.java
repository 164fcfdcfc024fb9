package dev.muster.volcano.conf;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One piece of YAML with its line. Scalars have a text, lists have items, mappings have entries. */
public record Item(Kind kind, String text, int line, List<Item> items, List<Entry> entries) {
    /** What the YAML says it is, by the rules of YAML 1.1, which are those of Volcano's parser. */
    public enum Kind {
        TEXT("a text"),
        WHOLE_NUMBER("a whole number"),
        FRACTION("a fraction"),
        SWITCH("true or false"),
        NOTHING("nothing"),
        LIST("a list"),
        MAPPING("a mapping");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    /** {@code key: value} of a mapping. */
    public record Entry(String key, int line, Item value) {}

    private static final int SHOWN = 60;

    public Item {
        items = List.copyOf(items);
        entries = List.copyOf(entries);
    }

    static Item scalar(Kind kind, String text, int line) {
        return new Item(kind, text, line, List.of(), List.of());
    }

    /** The last one, where a key is written twice: Volcano's parser takes that, too. */
    public Optional<Item> field(String key) {
        return entries.stream()
                .filter(entry -> entry.key().equals(key))
                .map(Entry::value)
                .reduce((first, last) -> last);
    }

    public String textOf(String key) {
        return field(key).filter(item -> !item.isCollection()).map(Item::text).orElse("");
    }

    public boolean isCollection() {
        return kind == Kind.LIST || kind == Kind.MAPPING;
    }

    /** For messages: the value as it is written, cut to a length that a line bears. */
    public String shown() {
        return isCollection() ? kind.word() : text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
    }

    /** Keys that are there more than once: the second and later ones. */
    public Stream<Entry> repeated() {
        return entries.stream()
                .filter(entry -> entries.stream()
                                .filter(other -> other.key().equals(entry.key()))
                                .findFirst()
                                .orElseThrow()
                        != entry);
    }
}
