package dev.muster.volcano.conf;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One {@code volcano-scheduler.conf}: as it is written ({@code written}), and the actions and plugins in it. What is of the
 * wrong form has no action or plugin here; the rules find it in {@code written}.
 */
public record Configuration(
        String source, Item written, List<Item> more, List<ActionUse> actions, List<PluginUse> plugins) {
    public Configuration {
        more = List.copyOf(more);
        actions = List.copyOf(actions);
        plugins = List.copyOf(plugins);
    }

    /** The first document counts; {@code documents} after it are what Volcano does not read. */
    static Configuration of(String source, List<Item> documents) {
        Item written = documents.isEmpty() ? Item.scalar(Item.Kind.NOTHING, "", 1) : documents.get(0);
        return new Configuration(
                source,
                written,
                documents.subList(Math.min(1, documents.size()), documents.size()),
                actions(written),
                plugins(written));
    }

    /**
     * Reads the text of a configuration alone.
     *
     * @throws Unreadable where it is no YAML
     */
    public static Configuration read(String source, String text) throws Unreadable {
        return of(source, YamlReader.read(text, 0));
    }

    private static List<ActionUse> actions(Item written) {
        return written
                .field("actions")
                .filter(item -> !item.isCollection() && !item.text().isBlank())
                .stream()
                .flatMap(item ->
                        Stream.of(item.text().split(",", -1)).map(name -> new ActionUse(name.strip(), item.line())))
                .toList();
    }

    private static List<PluginUse> plugins(Item written) {
        List<PluginUse> uses = new ArrayList<>();
        List<Item> tiers = written.field("tiers").map(Item::items).orElse(List.of());
        for (int level = 0; level < tiers.size(); level++) {
            for (Item plugin :
                    tiers.get(level).field("plugins").map(Item::items).orElse(List.of())) {
                if (plugin.kind() == Item.Kind.MAPPING) {
                    uses.add(new PluginUse(plugin.textOf("name"), plugin.line(), level + 1, plugin));
                }
            }
        }
        return uses;
    }

    public Optional<ActionUse> action(String name) {
        return actions.stream().filter(action -> action.name().equals(name)).findFirst();
    }

    public Optional<PluginUse> plugin(String name) {
        return plugins.stream().filter(plugin -> plugin.name().equals(name)).findFirst();
    }

    /** The first of several actions that is there. */
    public Optional<ActionUse> anyAction(Collection<String> names) {
        return actions.stream().filter(action -> names.contains(action.name())).findFirst();
    }

    /** Where a key of the top stands; the first line where it does not. */
    public int lineOf(String key) {
        return written.entries().stream()
                .filter(entry -> entry.key().equals(key))
                .map(Item.Entry::line)
                .findFirst()
                .orElse(written.line());
    }

    /** The place in the walk of a plugin, over all tiers. */
    public int place(PluginUse plugin) {
        return plugins.indexOf(plugin);
    }
}
