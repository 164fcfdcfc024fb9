package dev.muster.controlplane.volcano;

import dev.muster.quota.name.NodeName;
import io.fabric8.volcano.api.model.scheduling.v1beta1.PodGroup;
import io.fabric8.volcano.api.model.scheduling.v1beta1.PodGroupStatus;
import io.fabric8.volcano.api.model.scheduling.v1beta1.Queue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is to be written after a session. */
record Decisions(List<Queue> openings, Map<Task, NodeName> bindings, List<Told> statuses, Map<Task, Verdict> verdicts) {
    Decisions() {
        this(new ArrayList<>(), new LinkedHashMap<>(), new ArrayList<>(), new LinkedHashMap<>());
    }

    /** A group and what it is told. */
    record Told(PodGroup group, PodGroupStatus status) {}
}
