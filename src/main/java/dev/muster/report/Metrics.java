package dev.muster.report;

import io.prometheus.client.CollectorRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** One registry for the framework's metrics and ours: its own producer would make a new one for everybody who asks. */
@Singleton
public class Metrics {
    @Produces
    @Singleton
    CollectorRegistry registry() {
        return new CollectorRegistry();
    }

    void begin(
            @Observes StartupEvent start,
            CollectorRegistry registry,
            Figures figures,
            UsageFigures usage,
            PackingFigures packing,
            SessionFigures sessions) {
        registry.register(figures);
        registry.register(usage);
        registry.register(packing);
        registry.register(sessions);
    }
}
