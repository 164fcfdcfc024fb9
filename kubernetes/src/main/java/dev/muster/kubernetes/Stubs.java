package dev.muster.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What an informer remembers of each object: enough to know it again, and no more, whatever its size. What Muster wants to know of
 * an object is taken from it when it comes by.
 */
public final class Stubs<T extends HasMetadata> implements ItemStore<T> {
    private final ConcurrentMap<String, T> stubs = new ConcurrentHashMap<>();
    private final Supplier<T> empty;

    public Stubs(Supplier<T> empty) {
        this.empty = empty;
    }

    static String key(HasMetadata object) {
        String namespace = object.getMetadata().getNamespace();
        return (namespace == null ? "" : namespace) + "/" + object.getMetadata().getName();
    }

    @Override
    public String getKey(T object) {
        return key(object);
    }

    @Override
    public T put(String key, T object) {
        T stub = empty.get();
        stub.setMetadata(new ObjectMetaBuilder()
                .withNamespace(object.getMetadata().getNamespace())
                .withName(object.getMetadata().getName())
                .withUid(object.getMetadata().getUid())
                .withResourceVersion(object.getMetadata().getResourceVersion())
                .build());
        return stubs.put(key, stub);
    }

    @Override
    public T remove(String key) {
        return stubs.remove(key);
    }

    @Override
    public Stream<String> keySet() {
        return stubs.keySet().stream();
    }

    @Override
    public Stream<T> values() {
        return stubs.values().stream();
    }

    @Override
    public int size() {
        return stubs.size();
    }

    @Override
    public T get(String key) {
        return stubs.get(key);
    }

    @Override
    public boolean isFullState() {
        return false;
    }
}
