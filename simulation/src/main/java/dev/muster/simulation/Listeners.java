package dev.muster.simulation;

import dev.muster.quota.name.AttemptId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Those who want to hear of changes. One that fails is logged and harms nobody. */
final class Listeners {
    private static final System.Logger LOG = System.getLogger(Listeners.class.getName());

    private final List<Consumer<Optional<AttemptId>>> all = new CopyOnWriteArrayList<>();

    void add(Consumer<Optional<AttemptId>> listener) {
        all.add(listener);
    }

    void tell(Changes.Taken changes) {
        for (Consumer<Optional<AttemptId>> listener : all) {
            changes.attempts().forEach(attempt -> tell(listener, Optional.of(attempt)));
            if (changes.nodes()) {
                tell(listener, Optional.empty());
            }
        }
    }

    private static void tell(Consumer<Optional<AttemptId>> listener, Optional<AttemptId> what) {
        try {
            listener.accept(what);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "A listener failed on the change of " + what, e);
        }
    }
}
