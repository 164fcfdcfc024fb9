package dev.muster.volcano.conf;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Every action and plugin with the arguments that its code reads. The table is {@code arguments.txt}, read from Volcano's
 * sources: Volcano itself publishes none, and ignores what it does not know.
 */
public final class Arguments {
    private static final Map<String, Map<String, Form>> ACTIONS = new TreeMap<>();
    private static final Map<String, Map<String, Form>> PLUGINS = new TreeMap<>();

    static {
        table().lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            String[] words = line.split(" ");
            Map<String, Form> of = (words[0].equals("action") ? ACTIONS : PLUGINS)
                    .computeIfAbsent(words[1], name -> new LinkedHashMap<>());
            if (words.length == 4) {
                of.put(words[2], Form.valueOf(words[3]));
            }
        });
    }

    private Arguments() {}

    private static String table() {
        try (InputStream in = Objects.requireNonNull(Arguments.class.getResourceAsStream("arguments.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Collection<String> actions() {
        return ACTIONS.keySet();
    }

    public static Collection<String> plugins() {
        return PLUGINS.keySet();
    }

    public static Collection<String> ofAction(String action) {
        return ACTIONS.getOrDefault(action, Map.of()).keySet();
    }

    public static Collection<String> ofPlugin(String plugin) {
        return PLUGINS.getOrDefault(plugin, Map.of()).keySet();
    }

    public static Optional<Form> ofAction(String action, String key) {
        return form(ACTIONS.getOrDefault(action, Map.of()), key);
    }

    public static Optional<Form> ofPlugin(String plugin, String key) {
        return form(PLUGINS.getOrDefault(plugin, Map.of()), key);
    }

    private static Optional<Form> form(Map<String, Form> known, String key) {
        Form exact = known.get(key);
        return exact != null
                ? Optional.of(exact)
                : known.entrySet().stream()
                        .filter(each -> each.getKey().endsWith("*")
                                && key.startsWith(
                                        each.getKey().substring(0, each.getKey().length() - 1)))
                        .map(Map.Entry::getValue)
                        .findFirst();
    }
}
