package dev.muster.cli.scenario;

import dev.muster.cli.BadInput;
import dev.muster.cli.manifest.Spelling;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** A part of a YAML file that knows where it stands, so that whatever is wrong with it is said with line and column. */
public final class Part {
    /** Longest file, in characters. */
    static final int LONGEST = 64 << 20;

    private final String source;
    private final String path;
    private final Node node;

    private Part(String source, String path, Node node) {
        this.source = source;
        this.path = path;
        this.node = node;
    }

    /** The one document of {@code text}; {@code source} names it in messages. */
    public static Part read(String source, String text) {
        LoaderOptions limits = new LoaderOptions();
        limits.setCodePointLimit(LONGEST);
        // An alias could repeat a part a billion times; a scenario says what it means.
        limits.setMaxAliasesForCollections(0);
        try {
            Node root = new Yaml(limits).compose(new StringReader(text));
            if (root == null) {
                throw new BadInput(
                        source + ":1:1: the file is empty", "Expected a mapping with pools, queues, pending.");
            }
            return new Part(source, "", root);
        } catch (MarkedYAMLException e) {
            String where = e.getProblemMark() == null
                    ? source
                    : "%s:%d:%d"
                            .formatted(
                                    source,
                                    e.getProblemMark().getLine() + 1,
                                    e.getProblemMark().getColumn() + 1);
            throw new BadInput("%s: no YAML: %s".formatted(where, e.getProblem()));
        } catch (YAMLException e) {
            throw new BadInput("%s: no YAML: %s".formatted(source, e.getMessage()));
        }
    }

    /** How messages name it: {@code pending[2].gang}. */
    public String path() {
        return path.isEmpty() ? "the file" : path;
    }

    public BadInput wrong(String what, String... hints) {
        return new BadInput(
                "%s:%d:%d: %s"
                        .formatted(
                                source,
                                node.getStartMark().getLine() + 1,
                                node.getStartMark().getColumn() + 1,
                                what),
                hints);
    }

    /** The fields by name, in the file's order; names may be anything. */
    public Map<String, Part> entries() {
        if (!(node instanceof MappingNode mapping)) {
            throw wrong("%s must be a mapping ('name: value')".formatted(path()));
        }
        Map<String, Part> fields = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Part key = new Part(source, path, tuple.getKeyNode());
            String name = key.text();
            Part value = new Part(source, path.isEmpty() ? name : path + "." + name, tuple.getValueNode());
            if (fields.put(name, value) != null) {
                throw key.wrong("the field '%s' is there twice".formatted(name), "Keep one of the two.");
            }
        }
        return fields;
    }

    /** The fields by name; another name than {@code known}, or one that {@code others} takes, is refused. */
    public Map<String, Part> fields(Collection<String> known, Function<String, Boolean> others) {
        Map<String, Part> fields = entries();
        for (Map.Entry<String, Part> field : fields.entrySet()) {
            if (!known.contains(field.getKey()) && !others.apply(field.getKey())) {
                throw unknown(field.getKey(), known);
            }
        }
        return fields;
    }

    public Map<String, Part> fields(String... known) {
        return fields(List.of(known), name -> false);
    }

    /** The fields that may stand at {@code place}; amounts beside them where there may be some. */
    Map<String, Part> fields(Place place) {
        List<String> known = new ArrayList<>(Fields.names(place));
        if (Fields.hasAmounts(place)) {
            known.addAll(Amounts.WORDS);
        }
        Map<String, Part> fields = fields(known, name -> Fields.hasAmounts(place) && Amounts.isResource(name));
        for (Field field : Fields.at(place)) {
            if (field.needed() && !fields.containsKey(field.name())) {
                throw wrong(
                        "%s has no '%s'".formatted(path(), field.name()),
                        "Expected '%s: …': %s"
                                .formatted(field.name(), field.form().words()));
            }
        }
        return fields;
    }

    /** The name of a field itself, as a part. */
    public Part key(String name) {
        return ((MappingNode) node)
                .getValue().stream()
                        .map(tuple -> new Part(source, path, tuple.getKeyNode()))
                        .filter(key -> key.text().equals(name))
                        .findFirst()
                        .orElse(this);
    }

    private BadInput unknown(String name, Collection<String> known) {
        Part key = key(name);
        String message = "unknown field '%s' in %s".formatted(shortened(name), path());
        String all = "Known there: " + String.join(", ", known);
        return Spelling.meant(name, known)
                .map(meant -> key.wrong(message, "Did you mean '" + meant + "'?", all))
                .orElseGet(() -> key.wrong(message, all));
    }

    public List<Part> items() {
        if (!(node instanceof SequenceNode sequence)) {
            throw wrong("%s must be a list ('- …')".formatted(path()));
        }
        Node[] nodes = sequence.getValue().toArray(Node[]::new);
        return java.util.stream.IntStream.range(0, nodes.length)
                .mapToObj(i -> new Part(source, "%s[%d]".formatted(path, i), nodes[i]))
                .toList();
    }

    public boolean isList() {
        return node instanceof SequenceNode;
    }

    /** True where {@code ~} stands: nothing, on purpose. */
    boolean isNothing() {
        return node instanceof ScalarNode scalar
                && scalar.isPlain()
                && scalar.getValue().equals("~");
    }

    public boolean isMapping() {
        return node instanceof MappingNode;
    }

    public String text() {
        if (!(node instanceof ScalarNode scalar)) {
            throw wrong("%s must be one value".formatted(path()));
        }
        return scalar.getValue();
    }

    /** A whole number of {@code least} to {@code most}. */
    public int whole(int least, int most) {
        String text = text();
        if (text.matches("-?\\d{1,10}")) {
            long value = Long.parseLong(text);
            if (value >= least && value <= most) {
                return (int) value;
            }
        }
        throw wrong("bad %s '%s': expected a whole number of %d to %d".formatted(path(), shortened(text), least, most));
    }

    public boolean flag() {
        return switch (text()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw wrong("bad %s '%s': expected true or false".formatted(path(), shortened(text())));
        };
    }

    /** One of {@code known}. */
    public String word(Collection<String> known) {
        String text = text();
        if (!known.contains(text)) {
            String expected = "Expected one of " + String.join(", ", known);
            throw wrong(
                    "bad %s '%s'".formatted(path(), shortened(text)),
                    Spelling.meant(text, known)
                            .map(meant -> "Did you mean " + meant + "?")
                            .orElse(expected));
        }
        return text;
    }

    /** What {@code reader} makes of the text; its complaint is said with line and column. */
    public <T> T as(Function<String, T> reader) {
        return as(reader, text());
    }

    /** As {@link #as(Function)}, of a text that stands elsewhere, such as this part's name. */
    public <T> T as(Function<String, T> reader, String text) {
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException e) {
            throw wrong("%s: %s".formatted(path(), e.getMessage()));
        }
    }

    /** A list of texts, or one text alone. */
    public List<String> texts() {
        return isList() ? items().stream().map(Part::text).toList() : List.of(text());
    }

    /** Every name at most once. */
    static void once(Collection<Part> parts, Function<Part, String> name) {
        Set<String> seen = new HashSet<>();
        for (Part part : parts) {
            if (!seen.add(name.apply(part))) {
                throw part.wrong("'%s' is there twice".formatted(name.apply(part)), "Give one of them another name.");
            }
        }
    }

    private static String shortened(String text) {
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }
}
