package dev.muster.kubernetes;

import dev.muster.cluster.Download;
import dev.muster.cluster.PodTemplate;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.List;

/** What a job brings along, on Kubernetes: a container before all others fetches it into an empty directory, and looks whether it is that. */
final class Fetching {
    static final String VOLUME = "muster-artifacts";
    static final String DIRECTORY = "/muster/artifacts";

    /** A service that is away for a moment is waited for; a file that is another one is not taken. */
    private static final String SCRIPT = """
            set -eu
            printf '%s' "$MUSTER_DOWNLOADS" | while read -r sum name url; do
              curl --fail --silent --show-error --retry 8 --retry-all-errors --retry-max-time 300 --output "$MUSTER_ARTIFACTS/$name" "$url"
              echo "$sum  $MUSTER_ARTIFACTS/$name" | sha256sum -c >/dev/null || { echo "muster: $name is not $sum" >&2; exit 1; }
            done
            """;

    private Fetching() {}

    static boolean isAny(PodTemplate template) {
        return template.env().containsKey(Download.VARIABLE);
    }

    static List<Container> containers(PodTemplate template, String image) {
        if (!isAny(template)) {
            return List.of();
        }
        return List.of(new ContainerBuilder()
                .withName("fetch")
                .withImage(image)
                .withCommand("/bin/sh", "-c", SCRIPT)
                .withEnv(
                        new EnvVar(Download.DIRECTORY, DIRECTORY, null),
                        new EnvVar(Download.VARIABLE, template.env().get(Download.VARIABLE), null))
                // Larger ones would make the pod larger than it was planned: the larger of both counts.
                .withNewResources()
                .addToRequests("cpu", new Quantity("10m"))
                .addToRequests("memory", new Quantity("16Mi"))
                .endResources()
                .withVolumeMounts(mount(false))
                .build());
    }

    static Volume volume() {
        return new VolumeBuilder()
                .withName(VOLUME)
                .withNewEmptyDir()
                .endEmptyDir()
                .build();
    }

    /** Its command may read them. */
    static VolumeMount mount(boolean readOnly) {
        return new VolumeMountBuilder()
                .withName(VOLUME)
                .withMountPath(DIRECTORY)
                .withReadOnly(readOnly ? true : null)
                .build();
    }
}
