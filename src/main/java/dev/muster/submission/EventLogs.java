package dev.muster.submission;

import dev.muster.cluster.PodTemplate;
import dev.muster.job.JobRequest;
import dev.muster.job.Role;
import dev.muster.job.SparkRoles;
import dev.muster.spark.SparkJob;
import dev.muster.spark.SparkPods;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where applications write what the history server shows: the operator's directory, unless they say something of it themselves. */
record EventLogs(Optional<String> directory) {
    static final String KEYS = "spark.eventLog.";

    /** True where the service says it for this application. */
    boolean isSaidFor(JobRequest request) {
        return directory.isPresent()
                && request.spark() != null
                && request.spark().conf().keySet().stream().noneMatch(key -> key.startsWith(KEYS));
    }

    /** The same, with what the service says. */
    SparkJob in(SparkJob job) {
        Map<String, String> conf = new HashMap<>(job.conf());
        conf.put(KEYS + "enabled", "true");
        conf.put(KEYS + "dir", directory.orElseThrow());
        // The application is called after its attempt: whoever comes again writes the same file.
        conf.put(KEYS + "overwrite", "true");
        return job.withConf(conf);
    }

    /** The driver is told on its command line. */
    static List<Role> told(List<Role> roles, SparkJob job) {
        return roles.stream()
                .map(role -> role.name().equals(SparkRoles.DRIVER) ? running(role, SparkPods.driver(job)) : role)
                .toList();
    }

    private static Role running(Role role, PodTemplate driver) {
        PodTemplate pod = role.pod();
        return new Role(
                role.name(),
                role.minimum(),
                role.maximum(),
                role.leader(),
                new PodTemplate(
                        pod.image(),
                        driver.command(),
                        pod.args(),
                        pod.env(),
                        pod.secretEnv(),
                        pod.volumes(),
                        pod.sharedMemory(),
                        pod.resources(),
                        pod.affinity(),
                        pod.tolerations(),
                        pod.labels(),
                        pod.annotations()));
    }
}
