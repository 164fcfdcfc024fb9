package dev.muster.embedded;

import java.time.Duration;

/**
 * {@code durable}: what is committed survives; else everything is deleted at the end and nothing waits for the disk.
 * {@code restartAfter}: how long a server that died is left alone before it is started again.
 */
public record PostgresOptions(boolean durable, Duration restartAfter) {
    public static final PostgresOptions DURABLE = new PostgresOptions(true, Duration.ofMillis(200));
    public static final PostgresOptions THROWAWAY = new PostgresOptions(false, Duration.ofMillis(200));
}
