package dev.muster.ui;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The addresses of all pages, read off the classes that serve them: a new page cannot be forgotten. */
public final class EveryPage {
    private EveryPage() {}

    /** Addresses as they are declared, {@code {name}} for what varies. */
    public static List<String> declared() {
        TreeSet<String> paths = new TreeSet<>();
        for (Class<?> type : classes()) {
            Path root = type.getAnnotation(Path.class);
            if (root != null && type.isAnnotationPresent(Produces.class)) {
                Arrays.stream(type.getDeclaredMethods())
                        .filter(method -> method.isAnnotationPresent(GET.class))
                        .map(method -> method.isAnnotationPresent(Path.class)
                                ? root.value() + "/"
                                        + method.getAnnotation(Path.class).value()
                                : root.value())
                        .filter(path -> !path.contains("{other"))
                        .forEach(paths::add);
            }
        }
        return List.copyOf(paths);
    }

    /** With these in the place of what varies; what is asked of a page beside its address is added, where it is said by address. */
    static List<String> with(Map<String, String> values, Map<String, String> queries) {
        return declared().stream()
                .map(path -> {
                    String filled = path;
                    for (Map.Entry<String, String> value : values.entrySet()) {
                        filled = filled.replace("{" + value.getKey() + "}", value.getValue());
                    }
                    if (filled.contains("{")) {
                        throw new IllegalStateException("Say what stands for the name in " + path);
                    }
                    return filled + queries.getOrDefault(path, "");
                })
                .toList();
    }

    private static List<Class<?>> classes() {
        try (Stream<java.nio.file.Path> files = Files.list(java.nio.file.Path.of("target/classes/dev/muster/ui"))) {
            List<Class<?>> found = new ArrayList<>();
            for (java.nio.file.Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith("Pages.class")) {
                    found.add(Class.forName("dev.muster.ui." + name.substring(0, name.length() - ".class".length())));
                }
            }
            return found;
        } catch (IOException | ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
