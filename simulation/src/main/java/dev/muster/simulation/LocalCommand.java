package dev.muster.simulation;

import dev.muster.cluster.Download;
import dev.muster.cluster.Gang;
import dev.muster.cluster.PodRef;
import dev.muster.cluster.PodTemplate;
import dev.muster.cluster.ServiceAddress;
import dev.muster.simulation.process.PodCommand;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a pod's template says, for a process of this machine. */
final class LocalCommand {
    private LocalCommand() {}

    /** {@code service}: where the service is now. */
    static PodCommand of(SimulatedPod pod, String service) {
        PodTemplate template = pod.crew().template();
        List<String> command = new ArrayList<>(template.command());
        if (!command.isEmpty()) {
            command.addAll(template.args());
        }
        return new PodCommand(
                pod.ref(),
                command,
                variables(pod, service),
                remarks(template),
                fault(template),
                downloads(template, service));
    }

    /** Those of which somebody has said where they are. */
    private static List<Download> downloads(PodTemplate template, String service) {
        return Download.of(template).stream()
                .filter(Download::isSomewhere)
                .map(one -> new Download(one.name(), one.sha256(), ServiceAddress.now(one.url(), service)))
                .toList();
    }

    private static Map<String, String> variables(SimulatedPod pod, String service) {
        Gang gang = pod.crew().gang().gang();
        PodRef ref = pod.ref();
        Map<String, String> variables = new HashMap<>();
        if (!pod.crew().isElastic()) {
            // Who grew comes and goes, and is no part of the world that the gang's own pods count.
            variables.put("RANK", Integer.toString(rank(gang, ref)));
            variables.put("WORLD_SIZE", Integer.toString(gang.pods()));
        }
        pod.crew().template().env().forEach((name, value) -> variables.put(name, ServiceAddress.now(value, service)));
        variables.remove(Download.VARIABLE);
        variables.put("MUSTER_JOB", ref.attempt().job().value());
        variables.put("MUSTER_JOB_NAME", gang.jobName());
        variables.put("MUSTER_TEAM", gang.team().value());
        variables.put("MUSTER_ATTEMPT", ref.attempt().toString());
        variables.put("MUSTER_ROLE", ref.role().value());
        variables.put("MUSTER_INDEX", Integer.toString(ref.index()));
        return variables;
    }

    /** The pod's number in its gang: role after role, in the order in which the gang names them. */
    private static int rank(Gang gang, PodRef pod) {
        int rank = pod.index();
        for (Gang.Member member : gang.members()) {
            if (member.role().equals(pod.role())) {
                break;
            }
            rank += member.pods();
        }
        return rank;
    }

    private static List<String> remarks(PodTemplate template) {
        List<String> remarks = new ArrayList<>();
        if (template.image() != null) {
            remarks.add("muster: image %s is ignored: this pool runs commands as local processes"
                    .formatted(template.image().replaceAll("\\p{Cntrl}", "?")));
        }
        if (!template.volumes().isEmpty()) {
            remarks.add("muster: %d volumes are ignored: this pool runs commands as local processes"
                    .formatted(template.volumes().size()));
        }
        return remarks;
    }

    private static @Nullable String fault(PodTemplate template) {
        return template.secretEnv().isEmpty()
                ? null
                : "secret '%s' cannot be had: a pool of local processes has no secrets"
                        .formatted(template.secretEnv().get(0).secret());
    }
}
