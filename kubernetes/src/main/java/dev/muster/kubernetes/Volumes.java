package dev.muster.kubernetes;

import dev.muster.cluster.PodTemplate;
import dev.muster.quota.resource.Resources;
import io.fabric8.kubernetes.api.model.EmptyDirVolumeSourceBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The volumes of a pod, shared memory among them: an empty directory in memory, where the runtime's own is 64 MiB. */
final class Volumes {
    static final String SHARED_MEMORY = "muster-shm";

    private Volumes() {}

    static List<Volume> of(PodTemplate template) {
        List<Volume> volumes = new ArrayList<>();
        template.volumes().forEach(volume -> volumes.add(volume(volume)));
        if (template.sharedMemory() != null) {
            volumes.add(new VolumeBuilder()
                    .withName(SHARED_MEMORY)
                    .withEmptyDir(new EmptyDirVolumeSourceBuilder()
                            .withMedium("Memory")
                            .withSizeLimit(bytes(template.sharedMemory()))
                            .build())
                    .build());
        }
        if (Fetching.isAny(template)) {
            volumes.add(Fetching.volume());
        }
        return volumes;
    }

    static List<VolumeMount> mounts(PodTemplate template) {
        List<VolumeMount> mounts = new ArrayList<>();
        template.volumes()
                .forEach(volume -> mounts.add(new VolumeMountBuilder()
                        .withName(volume.name())
                        .withMountPath(volume.mountPath())
                        .withReadOnly(volume.readOnly() ? true : null)
                        .build()));
        if (template.sharedMemory() != null) {
            mounts.add(new VolumeMountBuilder()
                    .withName(SHARED_MEMORY)
                    .withMountPath("/dev/shm")
                    .build());
        }
        if (Fetching.isAny(template)) {
            mounts.add(Fetching.mount(true));
        }
        return mounts;
    }

    private static Volume volume(PodTemplate.Volume volume) {
        VolumeBuilder builder = new VolumeBuilder().withName(volume.name());
        switch (volume.kind()) {
            case EMPTY_DIR ->
                builder.withNewEmptyDir()
                        .withSizeLimit(bytes(volume.sizeLimit()))
                        .endEmptyDir();
            case PERSISTENT_VOLUME_CLAIM ->
                builder.withNewPersistentVolumeClaim()
                        .withClaimName(volume.source())
                        .withReadOnly(volume.readOnly() ? true : null)
                        .endPersistentVolumeClaim();
            case CONFIG_MAP ->
                builder.withNewConfigMap().withName(volume.source()).endConfigMap();
            case SECRET ->
                builder.withNewSecret().withSecretName(volume.source()).endSecret();
        }
        return builder.build();
    }

    private static @Nullable Quantity bytes(@Nullable Long bytes) {
        return bytes == null ? null : Quantities.of(Resources.MEMORY, bytes);
    }
}
