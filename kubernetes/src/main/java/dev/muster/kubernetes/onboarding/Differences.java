package dev.muster.kubernetes.onboarding;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** In which fields two states of an object differ, beside what the API server keeps about each write. */
final class Differences {
    private static final List<String> BOOKKEEPING = List.of(
            "metadata.managedFields",
            "metadata.resourceVersion",
            "metadata.generation",
            "metadata.creationTimestamp",
            "metadata.uid");

    private Differences() {}

    static List<String> of(HasMetadata live, HasMetadata then) {
        List<String> paths = new ArrayList<>();
        collect("", tree(live), tree(then), paths);
        return paths;
    }

    private static Map<?, ?> tree(HasMetadata object) {
        return Serialization.unmarshal(Serialization.asJson(object), Map.class);
    }

    private static void collect(String path, @Nullable Object live, @Nullable Object then, List<String> paths) {
        if (Objects.equals(live, then) || BOOKKEEPING.contains(path)) {
            return;
        }
        if (!(live instanceof Map<?, ?> before) || !(then instanceof Map<?, ?> after)) {
            paths.add(path.isEmpty() ? "everything" : path);
            return;
        }
        TreeSet<String> names = new TreeSet<>();
        before.keySet().forEach(name -> names.add(String.valueOf(name)));
        after.keySet().forEach(name -> names.add(String.valueOf(name)));
        for (String name : names) {
            collect(path.isEmpty() ? name : path + "." + name, before.get(name), after.get(name), paths);
        }
    }
}
