package dev.muster.web;

import dev.muster.api.VolumeSpec;
import dev.muster.cluster.PodTemplate;
import dev.muster.problem.Fault;
import dev.muster.problem.Place;
import dev.muster.quota.name.Names;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A volume: one source, mounted at an absolute path. Paths of the host are not among the sources. */
final class VolumeReader {
    private VolumeReader() {}

    static PodTemplate.@Nullable Volume volume(Place place, VolumeSpec sent) {
        if (sent.name() == null || !Names.isLabel(sent.name())) {
            place.at("name").bad(String.valueOf(sent.name()), "1 to 63 characters of a-z, 0-9 and '-'");
            return null;
        }
        if (!isPath(sent.mountPath())) {
            place.at("mountPath").bad(String.valueOf(sent.mountPath()), "an absolute path without '..' and ':'");
            return null;
        }
        long sources = Stream.of(sent.emptyDir(), sent.persistentVolumeClaim(), sent.configMap(), sent.secret())
                .filter(Objects::nonNull)
                .count();
        if (sources != 1) {
            place.fault(
                    sources == 0 ? Fault.Kind.REQUIRED : Fault.Kind.CONTRADICTION,
                    "expected exactly one of emptyDir, persistentVolumeClaim, configMap, secret; found " + sources);
            return null;
        }
        boolean readOnly = Boolean.TRUE.equals(sent.readOnly());
        if (sent.emptyDir() != null) {
            Long limit = Amounts.bytes(
                    place.at("emptyDir").at("sizeLimit"), sent.emptyDir().sizeLimit());
            return made(sent, PodTemplate.VolumeKind.EMPTY_DIR, null, readOnly, limit);
        }
        if (sent.persistentVolumeClaim() != null) {
            KubernetesWords.requireSubdomain(place.at("persistentVolumeClaim"), sent.persistentVolumeClaim());
            return made(
                    sent, PodTemplate.VolumeKind.PERSISTENT_VOLUME_CLAIM, sent.persistentVolumeClaim(), readOnly, null);
        }
        if (sent.configMap() != null) {
            KubernetesWords.requireSubdomain(place.at("configMap"), sent.configMap());
            return made(sent, PodTemplate.VolumeKind.CONFIG_MAP, sent.configMap(), readOnly, null);
        }
        String secret = String.valueOf(sent.secret());
        KubernetesWords.requireSubdomain(place.at("secret"), secret);
        return made(sent, PodTemplate.VolumeKind.SECRET, secret, readOnly, null);
    }

    private static PodTemplate.Volume made(
            VolumeSpec sent,
            PodTemplate.VolumeKind kind,
            @Nullable String source,
            boolean readOnly,
            @Nullable Long limit) {
        return new PodTemplate.Volume(sent.name(), kind, source, sent.mountPath(), readOnly, limit);
    }

    private static boolean isPath(@Nullable String path) {
        return path != null
                && path.length() > 1
                && path.length() <= Limits.PATH_CHARACTERS
                && path.startsWith("/")
                && path.chars().noneMatch(c -> c == ':' || Character.isISOControl(c))
                && Arrays.stream(path.split("/")).noneMatch(".."::equals);
    }
}
