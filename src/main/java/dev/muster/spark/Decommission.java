package dev.muster.spark;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What Spark is told so that an executor whose node is taken back hands on what it holds, and since when Spark understands it. Off where
 * nobody turns it on: on a spot node's notice most of the data is lost all the same.
 */
final class Decommission {
    static final String SWITCH = "spark.decommission.enabled";

    /** Since which version of Spark there is which key; {@code on} is what it becomes where the user turned all of it on, empty: it is left. */
    record Setting(String key, SparkVersion since, String on) {
        Setting(String key, int minor, String on) {
            this(key, new SparkVersion(3, minor), on);
        }
    }

    static final List<Setting> TABLE = List.of(
            new Setting(SWITCH, 1, "true"),
            new Setting("spark.storage.decommission.enabled", 1, "true"),
            // On by themselves since 3.4 only.
            new Setting("spark.storage.decommission.rddBlocks.enabled", 1, "true"),
            new Setting("spark.storage.decommission.shuffleBlocks.enabled", 1, "true"),
            new Setting("spark.storage.decommission.fallbackStorage.path", 1, ""),
            new Setting("spark.executor.decommission.killInterval", 1, ""),
            new Setting("spark.executor.decommission.forceKillTimeout", 2, ""),
            new Setting("spark.executor.decommission.signal", 2, ""),
            new Setting("spark.storage.decommission.shuffleBlocks.maxDiskSize", 2, ""),
            new Setting("spark.storage.decommission.fallbackStorage.cleanUp", 2, ""),
            // By which an end in good order is told from one that nobody asked for.
            new Setting("spark.kubernetes.executor.decommissionLabel", 3, "muster.dev/decommissioned"),
            new Setting("spark.kubernetes.executor.decommissionLabelValue", 3, "true"),
            // Data that went with a node in good order is no failure of a stage; without executors that are remembered
            // it is one.
            new Setting("spark.stage.ignoreDecommissionFetchFailure", 4, "true"),
            new Setting("spark.scheduler.maxRetainedRemovedDecommissionExecutors", 4, "20"));

    private Decommission() {}

    /** Adds what the version understands to what the user says, which wins. */
    static void add(Map<String, String> conf, SparkVersion version) {
        if (!"true".equals(conf.get(SWITCH))) {
            if (version.isAtLeast(3, 1)) {
                conf.putIfAbsent(SWITCH, "false");
            }
            return;
        }
        TABLE.stream()
                .filter(setting -> isKnown(setting, version) && !setting.on().isEmpty())
                .forEach(setting -> conf.putIfAbsent(setting.key(), setting.on()));
    }

    /** Why the key means nothing to this version; empty where it does, or is no key of decommissioning. */
    static Optional<String> unknown(String key, SparkVersion version) {
        return TABLE.stream()
                .filter(setting -> setting.key().equals(key) && !isKnown(setting, version))
                .findFirst()
                .map(setting -> "Spark %d.%d does not know it: expected %d.%d or newer"
                        .formatted(
                                version.major(),
                                version.minor(),
                                setting.since().major(),
                                setting.since().minor()));
    }

    private static boolean isKnown(Setting setting, SparkVersion version) {
        return version.isAtLeast(setting.since().major(), setting.since().minor());
    }
}
