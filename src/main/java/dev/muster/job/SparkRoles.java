package dev.muster.job;

import dev.muster.quota.name.RoleName;
import dev.muster.spark.SparkJob;
import dev.muster.spark.SparkPods;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A Spark application as roles: a driver that leads, and the executors that it makes. All else of Muster sees only these. */
public final class SparkRoles {
    public static final RoleName DRIVER = new RoleName("driver");
    public static final RoleName EXECUTOR = new RoleName("executor");

    private SparkRoles() {}

    public static List<Role> of(SparkJob job) {
        return List.of(
                new Role(DRIVER, 1, 1, true, SparkPods.driver(job)),
                new Role(EXECUTOR, job.executors().initial(), job.executors().most(), false, SparkPods.executor(job)));
    }

    /** The driver decides; it replaces executors that fail, however many. */
    public static CompletionRules completion(SparkJob job) {
        return new CompletionRules(
                Set.of(DRIVER), Map.of(EXECUTOR, job.executors().most()));
    }
}
