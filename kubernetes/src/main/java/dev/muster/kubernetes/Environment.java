package dev.muster.kubernetes;

import dev.muster.cluster.Download;
import dev.muster.cluster.Gang;
import dev.muster.cluster.PodRef;
import dev.muster.cluster.PodTemplate;
import dev.muster.cluster.ResultFile;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a pod is told of itself and its gang: {@code MUSTER_…}, and, for distributed training, rank, world size and where the pod of
 * rank 0 listens; a pod alone is that pod itself. The role's own variables win over the latter. Pods above the minimum come and go and have no rank.
 */
final class Environment {
    /** The port that torchrun takes where nobody says another. */
    private static final int PORT = 29_500;

    /** Where Kubernetes looks for a container's last words, unless it is told another place. */
    private static final String TERMINATION_LOG = "/dev/termination-log";

    private Environment() {}

    static List<EnvVar> of(Gang gang, PodTemplate template, PodRef pod, boolean elastic, String namespace) {
        Map<String, String> plain = new TreeMap<>();
        plain.put("MASTER_ADDR", gang.pods() == 1 && !elastic ? "localhost" : address(gang, namespace));
        plain.put("MASTER_PORT", Integer.toString(PORT));
        if (!elastic) {
            plain.put("RANK", Integer.toString(rank(gang, pod)));
            plain.put("WORLD_SIZE", Integer.toString(gang.pods()));
        }
        plain.putAll(template.env());
        if (plain.remove(Download.VARIABLE) != null) {
            plain.put(Download.DIRECTORY, Fetching.DIRECTORY);
        }
        plain.put("MUSTER_JOB", pod.attempt().job().value());
        plain.put("MUSTER_JOB_NAME", gang.jobName());
        plain.put("MUSTER_TEAM", gang.team().value());
        plain.put("MUSTER_ATTEMPT", pod.attempt().toString());
        plain.put(ResultFile.VARIABLE, TERMINATION_LOG);
        plain.put("MUSTER_ROLE", pod.role().value());
        plain.put("MUSTER_INDEX", Integer.toString(pod.index()));
        List<EnvVar> variables = new ArrayList<>();
        for (PodTemplate.SecretEnv secret : template.secretEnv()) {
            plain.remove(secret.name());
            variables.add(new EnvVarBuilder()
                    .withName(secret.name())
                    .withNewValueFrom()
                    .withNewSecretKeyRef(secret.key(), secret.secret(), null)
                    .endValueFrom()
                    .build());
        }
        plain.forEach((name, value) -> variables.add(new EnvVar(name, value, null)));
        return variables;
    }

    /** Role after role, in the order in which the gang names them. */
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

    private static String address(Gang gang, String namespace) {
        String first = ObjectNames.host(gang.members().get(0).role(), 0);
        return "%s.%s.%s.svc".formatted(first, ObjectNames.service(gang.id()), namespace);
    }
}
