package dev.muster.volcano.conf;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Files as they are given to a linter: bare configurations, ConfigMaps around them (in a List, too), and Nodes and Queues that
 * say what the cluster is like. Other Kubernetes objects are passed over.
 */
public record Input(List<Configuration> configurations, List<Broken> broken, Surroundings surroundings) {
    /** The label by which Volcano's plugin of that name tells nodes apart. */
    static final String GROUP_LABEL = "volcano.sh/nodegroup-name";

    private static final Set<String> PLENTIFUL = Set.of("cpu", "memory", "pods", "ephemeral-storage");

    /** A configuration that is no YAML. */
    public record Broken(String source, int line, String what) {}

    public Input {
        configurations = List.copyOf(configurations);
        broken = List.copyOf(broken);
    }

    public Input plus(Input other) {
        return new Input(
                joined(configurations, other.configurations),
                joined(broken, other.broken),
                surroundings.plus(other.surroundings));
    }

    private static <T> List<T> joined(List<T> one, List<T> other) {
        List<T> all = new ArrayList<>(one);
        all.addAll(other);
        return all;
    }

    public static Input read(String source, String text) {
        Reading reading = new Reading(source);
        try {
            List<Item> documents = YamlReader.read(text, 0);
            if (documents.stream().noneMatch(Input::isObject)) {
                reading.found.add(Configuration.of(source, documents));
            } else {
                documents.forEach(reading::object);
            }
        } catch (Unreadable e) {
            reading.broken.add(new Broken(source, e.line(), e.what()));
        }
        return new Input(reading.found, reading.broken, new Surroundings(reading.queues, reading.nodes));
    }

    private static boolean isObject(Item document) {
        return !document.textOf("kind").isEmpty()
                && !document.textOf("apiVersion").isEmpty();
    }

    private static final class Reading {
        final String source;
        final List<Configuration> found = new ArrayList<>();
        final List<Broken> broken = new ArrayList<>();
        final List<KnownQueue> queues = new ArrayList<>();
        final List<KnownNode> nodes = new ArrayList<>();

        Reading(String source) {
            this.source = source;
        }

        void object(Item object) {
            switch (object.textOf("kind")) {
                case "ConfigMap" ->
                    object.field("data").map(Item::entries).orElse(List.of()).stream()
                            .filter(entry -> entry.key().endsWith(".conf")
                                    && !entry.value().isCollection())
                            .forEach(this::wrapped);
                case "Queue" -> queues.add(queue(object));
                case "Node" -> nodes.add(node(object));
                default ->
                    object.field("items").map(Item::items).orElse(List.of()).forEach(this::object);
            }
        }

        /** In a block ('|') every line is one of the file; in a quoted text lines are counted inside it. */
        private void wrapped(Item.Entry entry) {
            boolean block = entry.value().line() > entry.line();
            String name = block ? source : source + " (" + entry.key() + ")";
            try {
                found.add(Configuration.of(
                        name,
                        YamlReader.read(
                                entry.value().text(), block ? entry.value().line() - 1 : 0)));
            } catch (Unreadable e) {
                broken.add(new Broken(name, e.line(), e.what()));
            }
        }
    }

    private static KnownQueue queue(Item object) {
        Item spec = object.field("spec").orElse(Item.scalar(Item.Kind.NOTHING, "", object.line()));
        Set<String> deserved = new HashSet<>();
        spec.field("deserved").ifPresent(all -> all.entries().forEach(entry -> deserved.add(entry.key())));
        return new KnownQueue(
                name(object),
                spec.textOf("parent"),
                deserved,
                spec.field("affinity").isPresent());
    }

    private static KnownNode node(Item object) {
        Set<String> scarce = new HashSet<>();
        object.field("status").flatMap(status -> status.field("allocatable")).ifPresent(all -> all.entries().stream()
                .filter(entry -> !PLENTIFUL.contains(entry.key())
                        && !entry.key().startsWith("hugepages-")
                        && !entry.key().startsWith("attachable-volumes-")
                        && !entry.value().text().equals("0"))
                .forEach(entry -> scarce.add(entry.key())));
        boolean labelled = object.field("metadata")
                .flatMap(metadata -> metadata.field("labels"))
                .flatMap(labels -> labels.field(GROUP_LABEL))
                .isPresent();
        return new KnownNode(name(object), scarce, labelled);
    }

    private static String name(Item object) {
        return object.field("metadata").map(metadata -> metadata.textOf("name")).orElse("");
    }
}
