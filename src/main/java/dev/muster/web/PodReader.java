package dev.muster.web;

import dev.muster.api.RoleSpec;
import dev.muster.api.SecretEnv;
import dev.muster.api.VolumeSpec;
import dev.muster.cluster.PodTemplate;
import dev.muster.problem.Fault;
import dev.muster.problem.Place;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the pods of a role run: image, command, environment, volumes, resources. */
final class PodReader {
    private static final String RESERVED_VARIABLES = "MUSTER_";

    private PodReader() {}

    /** {@code labels} and {@code annotations} are the job's; the role's own win over them. */
    static PodTemplate pod(Place place, RoleSpec sent, Map<String, String> labels, Map<String, String> annotations) {
        if (sent.image() != null
                && (sent.image().isBlank() || !sent.image().equals(sent.image().strip()))) {
            place.at("image").bad(sent.image(), "a name of an image without blanks around it");
        } else if (sent.image() != null) {
            place.at("image").tooLong(sent.image(), Limits.IMAGE_CHARACTERS);
        }
        Map<String, String> env = environment(place.at("env"), sent.env());
        return new PodTemplate(
                sent.image(),
                arguments(place.at("command"), sent.command()),
                arguments(place.at("args"), sent.args()),
                env,
                secrets(place.at("secretEnv"), sent.secretEnv(), env.keySet()),
                volumes(place.at("volumes"), sent.volumes()),
                Amounts.bytes(place.at("sharedMemory"), sent.sharedMemory()),
                Amounts.positive(place.at("resources"), sent.resources()),
                AffinityReader.affinity(place, sent.nodeAffinity(), sent.spot()),
                AffinityReader.tolerations(place.at("tolerations"), sent.tolerations()),
                LabelReader.merged(labels, LabelReader.labels(place.at("labels"), sent.labels())),
                LabelReader.merged(annotations, LabelReader.annotations(place.at("annotations"), sent.annotations())));
    }

    private static List<String> arguments(Place place, @Nullable List<String> sent) {
        List<String> list = place.bounded(sent, Limits.ARGUMENTS);
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i).length() > Limits.ARGUMENT_CHARACTERS) {
                place.at(i).tooLong(list.get(i), Limits.ARGUMENT_CHARACTERS);
            }
        }
        return list;
    }

    private static Map<String, String> environment(Place place, @Nullable Map<String, String> sent) {
        Map<String, String> env = place.bounded(sent, Limits.VARIABLES);
        env.forEach((name, value) -> {
            variable(place.at(name), name);
            place.at(name).tooLong(value, Limits.VARIABLE_CHARACTERS);
        });
        return env;
    }

    private static void variable(Place place, String name) {
        if (!KubernetesWords.isVariable(name)) {
            place.bad(name, "a variable's name: A-Z, a-z, 0-9, '-', '_', '.', no digit first, at most 253 characters");
        } else if (name.startsWith(RESERVED_VARIABLES)) {
            place.fault(
                    Fault.Kind.RESERVED,
                    "variables that begin with MUSTER_ are given by the service",
                    "Choose another name");
        }
    }

    private static List<PodTemplate.SecretEnv> secrets(Place place, @Nullable List<SecretEnv> sent, Set<String> taken) {
        List<PodTemplate.SecretEnv> secrets = new ArrayList<>();
        Set<String> names = new HashSet<>(taken);
        List<SecretEnv> list = place.bounded(sent, Limits.SECRETS);
        for (int i = 0; i < list.size(); i++) {
            SecretEnv one = list.get(i);
            Place at = place.at(i);
            if (one.name() == null || one.secret() == null || one.key() == null) {
                at.required("name, secret and key");
                continue;
            }
            variable(at.at("name"), one.name());
            KubernetesWords.requireSubdomain(at.at("secret"), one.secret());
            if (!KubernetesWords.isKey(one.key())) {
                at.at("key").bad(one.key(), "a key of a secret: A-Z, a-z, 0-9, '-', '_', '.'");
            }
            if (!names.add(one.name())) {
                at.at("name").fault(Fault.Kind.DUPLICATE, "the variable '%s' is set twice".formatted(one.name()));
            }
            secrets.add(new PodTemplate.SecretEnv(one.name(), one.secret(), one.key()));
        }
        return secrets;
    }

    private static List<PodTemplate.Volume> volumes(Place place, @Nullable List<VolumeSpec> sent) {
        List<PodTemplate.Volume> volumes = new ArrayList<>();
        Set<String> names = new HashSet<>();
        Set<String> paths = new HashSet<>();
        List<VolumeSpec> list = place.bounded(sent, Limits.VOLUMES);
        for (int i = 0; i < list.size(); i++) {
            PodTemplate.Volume volume = VolumeReader.volume(place.at(i), list.get(i));
            if (volume == null) {
                continue;
            }
            if (!names.add(volume.name())) {
                place.at(i)
                        .at("name")
                        .fault(Fault.Kind.DUPLICATE, "there are two volumes '%s'".formatted(volume.name()));
            }
            if (!paths.add(volume.mountPath())) {
                place.at(i).at("mountPath").fault(Fault.Kind.DUPLICATE, "two volumes are mounted at the same path");
            }
            volumes.add(volume);
        }
        return volumes;
    }
}
