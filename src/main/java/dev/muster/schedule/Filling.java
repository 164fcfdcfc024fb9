package dev.muster.schedule;

import dev.muster.cluster.PodTemplate;
import dev.muster.job.JobRequest;
import dev.muster.job.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** The job of one run: that of its schedule by another name, with placeholders filled in commands, arguments, variables, annotations. */
public final class Filling {
    private Filling() {}

    /** {@code fill} is given where a text stands, as a JSON pointer from the job, and the text. */
    public static JobRequest job(JobRequest job, String name, BiFunction<String, String, String> fill) {
        Map<String, String> annotations = map("/metadata/annotations", job.annotations(), fill);
        List<Role> roles = new ArrayList<>();
        for (int i = 0; i < job.roles().size(); i++) {
            Role role = job.roles().get(i);
            roles.add(new Role(
                    role.name(),
                    role.minimum(),
                    role.maximum(),
                    role.leader(),
                    pod("/spec/roles/" + i, role.pod(), fill)));
        }
        return new JobRequest(
                name,
                job.queue(),
                job.priorityClass(),
                roles,
                job.maxRunTime(),
                job.queueTimeout(),
                job.startDeadline(),
                job.grace(),
                job.notBefore(),
                job.retry(),
                job.completion(),
                job.labels(),
                annotations,
                job.oneZone(),
                job.needs(),
                job.spark() == null ? null : job.spark().filled(fill),
                job.life(),
                job.array(),
                job.set());
    }

    /** What a pod runs, filled. */
    public static PodTemplate pod(String at, PodTemplate pod, BiFunction<String, String, String> fill) {
        return new PodTemplate(
                pod.image(),
                list(at + "/command", pod.command(), fill),
                list(at + "/args", pod.args(), fill),
                map(at + "/env", pod.env(), fill),
                pod.secretEnv(),
                pod.volumes(),
                pod.sharedMemory(),
                pod.resources(),
                pod.affinity(),
                pod.tolerations(),
                pod.labels(),
                map(at + "/annotations", pod.annotations(), fill));
    }

    private static List<String> list(String at, List<String> texts, BiFunction<String, String, String> fill) {
        List<String> filled = new ArrayList<>(texts.size());
        for (int i = 0; i < texts.size(); i++) {
            filled.add(fill.apply(at + "/" + i, texts.get(i)));
        }
        return filled;
    }

    private static Map<String, String> map(
            String at, Map<String, String> texts, BiFunction<String, String, String> fill) {
        Map<String, String> filled = new HashMap<>();
        texts.forEach((key, text) ->
                filled.put(key, fill.apply(at + "/" + key.replace("~", "~0").replace("/", "~1"), text)));
        return filled;
    }
}
