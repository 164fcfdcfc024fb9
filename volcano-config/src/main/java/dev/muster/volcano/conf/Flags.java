package dev.muster.volcano.conf;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The switches of a plugin, spelled as Volcano spells them: some begin with "enable", some with "enabled". */
public final class Flags {
    public static final List<String> ALL = List.of(
            "enableJobOrder",
            "enableHierarchy",
            "enableJobReady",
            "enableJobPipelined",
            "enableTaskOrder",
            "enablePreemptable",
            "enableReclaimable",
            "enablePreemptive",
            "enableQueueOrder",
            "enabledClusterOrder",
            "enablePredicate",
            "enableBestNode",
            "enableNodeOrder",
            "enableTargetJob",
            "enableReservedNodes",
            "enableJobEnqueued",
            "enabledVictim",
            "enableJobStarving",
            "enabledOverused",
            "enabledAllocatable",
            "enabledHyperNodeOrder",
            "enabledSubJobReady",
            "enabledSubJobPipelined",
            "enabledSubJobOrder",
            "enabledHyperNodeGradient");

    static final Set<String> OFF_BY_DEFAULT = Set.of("enableHierarchy", "enabledClusterOrder");

    private Flags() {}

    /** The flag that was meant by one with the other beginning, or with other capitals. */
    public static Optional<String> meant(String written) {
        String bare = bare(written);
        return ALL.stream().filter(flag -> bare(flag).equals(bare)).findFirst();
    }

    private static String bare(String flag) {
        return flag.toLowerCase(java.util.Locale.ROOT).replaceFirst("^enabled?", "");
    }
}
