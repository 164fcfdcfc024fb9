package dev.muster.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Each lists in pages, follows, and lists again with a growing pause where the API server breaks off or has forgotten (410). They go
 * on until they are closed.
 */
public final class Informers implements AutoCloseable {
    private static final long PAGE = 500;
    private static final System.Logger LOG = System.getLogger(Informers.class.getName());

    private final List<SharedIndexInformer<?>> all = new ArrayList<>();
    /** How many have been read: an informer calls itself synced before its handler has seen everything. */
    private final AtomicInteger read = new AtomicInteger();

    /** One more, which begins with {@link #start}. {@code there} is told of what has come and of what has changed. */
    public <T extends HasMetadata> SharedIndexInformer<T> add(Informable<T> what, Consumer<T> there, Consumer<T> gone) {
        SharedIndexInformer<T> informer = what.withLimit(PAGE).runnableInformer(0);
        informer.exceptionHandler((started, failure) -> {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "act=watch-again kind={0} why=\"{1}\"",
                    informer.getApiTypeClass().getSimpleName(),
                    failure.getMessage());
            return true;
        });
        informer.addEventHandler(new ResourceEventHandler<T>() {
            @Override
            public void onAdd(T object) {
                there.accept(object);
            }

            @Override
            public void onUpdate(T before, T after) {
                there.accept(after);
            }

            @Override
            public void onDelete(T object, boolean unknownEnd) {
                gone.accept(object);
            }
        });
        all.add(informer);
        return informer;
    }

    public void start() {
        all.forEach(informer -> informer.start().thenRun(read::incrementAndGet));
    }

    /** All have been read whole once, and what was read has been told. */
    public boolean areRead() {
        return read.get() == all.size();
    }

    @Override
    public void close() {
        all.forEach(SharedIndexInformer::close);
    }
}
