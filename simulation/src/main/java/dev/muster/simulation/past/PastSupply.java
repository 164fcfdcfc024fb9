package dev.muster.simulation.past;

import dev.muster.quota.name.PoolName;
import java.time.Instant;

/** So many ready nodes a pool had from then on. */
public record PastSupply(PoolName pool, Instant at, int nodes) {}
