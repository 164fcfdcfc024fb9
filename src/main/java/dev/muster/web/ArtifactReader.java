package dev.muster.web;

import dev.muster.job.ArtifactRef;
import dev.muster.job.JobRequest;
import dev.muster.problem.Fault;
import dev.muster.problem.MusterException;
import dev.muster.problem.Place;
import dev.muster.spark.SparkJob;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The files that a job brings along, no name twice; a Spark application may only name those. */
final class ArtifactReader {
    private ArtifactReader() {}

    static List<ArtifactRef> read(Place place, @Nullable List<dev.muster.api.ArtifactRef> sent) {
        List<ArtifactRef> all = new ArrayList<>();
        Set<String> names = new HashSet<>();
        List<dev.muster.api.ArtifactRef> list = place.bounded(sent, Limits.ARTIFACTS);
        for (int i = 0; i < list.size(); i++) {
            dev.muster.api.ArtifactRef one = list.get(i);
            if (one.name() == null || one.sha256() == null) {
                place.at(i).required("a name and the sha256 of what was uploaded");
                continue;
            }
            String name = place.at(i).at("name").read(one.name(), ArtifactReader::name);
            ArtifactRef read = name == null
                    ? null
                    : place.at(i).at("sha256").read(one.sha256(), hash -> new ArtifactRef(name, hash));
            if (name != null && !names.add(name)) {
                place.at(i).at("name").fault(Fault.Kind.DUPLICATE, "there are two artifacts '%s'".formatted(name));
            }
            if (read != null) {
                all.add(read);
            }
        }
        return all;
    }

    static List<dev.muster.api.ArtifactRef> words(List<ArtifactRef> artifacts) {
        return artifacts.stream()
                .map(one -> new dev.muster.api.ArtifactRef(one.name(), one.sha256()))
                .toList();
    }

    /** {@code artifact:NAME} is one of the job's. */
    static void checkSpark(Place place, JobRequest request) {
        SparkJob spark = request.spark();
        if (spark == null) {
            return;
        }
        Set<String> names =
                request.life().artifacts().stream().map(ArtifactRef::name).collect(Collectors.toSet());
        known(place.at("mainApplicationFile"), spark.mainApplicationFile(), names);
        known(place.at("jars"), spark.dependencies().jars(), names);
        known(place.at("files"), spark.dependencies().files(), names);
        known(place.at("pyFiles"), spark.dependencies().pyFiles(), names);
        known(place.at("archives"), spark.dependencies().archives(), names);
    }

    private static void known(Place place, List<String> files, Set<String> names) {
        for (int i = 0; i < files.size(); i++) {
            known(place.at(i), files.get(i), names);
        }
    }

    private static void known(Place place, String file, Set<String> names) {
        if (!file.startsWith(SparkJob.ARTIFACT)) {
            return;
        }
        // An archive may say what it is unpacked as: env.zip#env.
        String name = file.substring(SparkJob.ARTIFACT.length()).split("#", 2)[0];
        if (!names.contains(name)) {
            place.fault(
                    Fault.Kind.UNKNOWN_REFERENCE,
                    "the job brings no artifact '%s'".formatted(MusterException.shown(name)),
                    "Name it in spec.artifacts, with its sha256");
        }
    }

    private static String name(String text) {
        return new ArtifactRef(text, "0".repeat(64)).name();
    }
}
