package dev.muster.catalogue;

import dev.muster.Settings;
import dev.muster.pool.Pool;
import dev.muster.postgres.PoolStore;
import dev.muster.problem.Fault;
import dev.muster.problem.MusterException;
import dev.muster.quota.name.PoolName;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.InstantSource;

/** The pools that the simulated cluster makes. */
@ApplicationScoped
public class Pools {
    private static final String KIND = "pool";

    private final PoolStore store;
    private final Settings settings;
    private final InstantSource clock;

    Pools(PoolStore store, Settings settings, InstantSource clock) {
        this.store = store;
        this.settings = settings;
        this.clock = clock;
    }

    @Transactional
    public Written<Pool> put(Pool value, Edit edit) {
        if (value.localProcesses() && !settings.localProcesses().allowed()) {
            throw MusterException.invalid(new Fault(
                    "/spec/localProcesses",
                    Fault.Kind.NOT_ALLOWED,
                    "this service runs no commands on its machine",
                    "The operator allows it with muster.local-processes.allowed=true"));
        }
        return Writing.put(
                KIND,
                value.name().value(),
                value,
                store.find(value.name()).orElse(null),
                edit,
                clock.instant(),
                store::put);
    }

    @Transactional
    public void delete(PoolName name, Edit edit) {
        Writing.delete(
                KIND,
                name.value(),
                store.find(name),
                edit,
                clock.instant(),
                (expected, actor, now) -> store.delete(name, expected, actor, now));
    }
}
