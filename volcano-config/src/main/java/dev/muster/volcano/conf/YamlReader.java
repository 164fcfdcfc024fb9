package dev.muster.volcano.conf;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** YAML as {@link Item}s. Nothing is constructed from it, and what could grow without bound (aliases, depth, size) is refused. */
final class YamlReader {
    /** Longest text, in characters: the nodes and queues of a large cluster, printed by kubectl. */
    static final int LONGEST = 64 << 20;

    private static final int DEEPEST = 60;

    private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final int lineBefore;

    private YamlReader(int lineBefore) {
        this.lineBefore = lineBefore;
    }

    /** All documents of {@code text}, whose first line is the one after {@code lineBefore} of its file. */
    static List<Item> read(String text, int lineBefore) throws Unreadable {
        LoaderOptions limits = new LoaderOptions();
        limits.setCodePointLimit(LONGEST);
        limits.setNestingDepthLimit(DEEPEST);
        List<Item> documents = new ArrayList<>();
        try {
            for (Node node : new Yaml(limits).composeAll(new StringReader(text))) {
                documents.add(new YamlReader(lineBefore).item(node));
            }
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine();
            throw new Unreadable(lineBefore + line + 1, oneLine(e.getProblem()));
        } catch (YAMLException e) {
            throw new Unreadable(lineBefore + 1, oneLine(e.getMessage()));
        }
        return documents;
    }

    private Item item(Node node) throws Unreadable {
        int line = line(node);
        if (node instanceof ScalarNode scalar) {
            // A block's text begins on the line after its mark.
            boolean block = scalar.getScalarStyle() == DumperOptions.ScalarStyle.LITERAL;
            return Item.scalar(kind(scalar.getTag()), scalar.getValue(), block ? line + 1 : line);
        }
        if (node.getAnchor() != null || !seen.add(node)) {
            throw new Unreadable(line, "an anchor or alias ('&' or '*'), which is not followed here: write it out");
        }
        List<Item> items = new ArrayList<>();
        List<Item.Entry> entries = new ArrayList<>();
        if (node instanceof SequenceNode list) {
            for (Node each : list.getValue()) {
                items.add(item(each));
            }
            return new Item(Item.Kind.LIST, "", line, items, entries);
        }
        for (NodeTuple tuple : ((MappingNode) node).getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key) || Tag.MERGE.equals(key.getTag())) {
                throw new Unreadable(line(tuple.getKeyNode()), "a key that is no plain word: write it out");
            }
            entries.add(new Item.Entry(key.getValue(), line(key), item(tuple.getValueNode())));
        }
        return new Item(Item.Kind.MAPPING, "", line, items, entries);
    }

    private int line(Node node) {
        return lineBefore + node.getStartMark().getLine() + 1;
    }

    private static Item.Kind kind(Tag tag) {
        if (Tag.INT.equals(tag)) {
            return Item.Kind.WHOLE_NUMBER;
        }
        if (Tag.FLOAT.equals(tag)) {
            return Item.Kind.FRACTION;
        }
        if (Tag.BOOL.equals(tag)) {
            return Item.Kind.SWITCH;
        }
        return Tag.NULL.equals(tag) ? Item.Kind.NOTHING : Item.Kind.TEXT;
    }

    private static String oneLine(@Nullable String message) {
        return message == null
                ? "it cannot be parsed"
                : message.replaceAll("\\s+", " ").strip();
    }
}
