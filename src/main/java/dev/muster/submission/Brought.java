package dev.muster.submission;

import dev.muster.Settings;
import dev.muster.job.ArtifactRef;
import dev.muster.postgres.ArtifactStore;
import dev.muster.problem.Fault;
import dev.muster.problem.Place;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;

/** What a job brings along has to be there, and stays as long as the job has not ended. */
@ApplicationScoped
class Brought {
    private final ArtifactStore artifacts;
    private final boolean areFetched;

    Brought(ArtifactStore artifacts, Settings settings) {
        this.artifacts = artifacts;
        this.areFetched = settings.cluster() == Settings.ClusterKind.SIMULATED
                || settings.artifacts().url().isPresent();
    }

    void check(Submission submission, Place place, List<ArtifactRef> brought, Instant now) {
        if (!brought.isEmpty() && !areFetched) {
            place.at("spec")
                    .at("artifacts")
                    .fault(
                            Fault.Kind.NOT_ALLOWED,
                            "pods could not fetch them: nobody has said where they reach the service",
                            "The operator sets muster.artifacts.url");
        }
        for (int i = 0; i < brought.size(); i++) {
            String sha256 = brought.get(i).sha256();
            boolean there = submission.dry()
                    ? artifacts.find(submission.team(), sha256).isPresent()
                    : artifacts.touch(submission.team(), sha256, now);
            if (!there) {
                place.at("spec")
                        .at("artifacts")
                        .at(i)
                        .at("sha256")
                        .fault(
                                Fault.Kind.UNKNOWN_REFERENCE,
                                "team '%s' has no artifact '%s'".formatted(submission.team(), sha256),
                                "Upload it first: PUT /api/v1/teams/%s/artifacts/%s?name=…"
                                        .formatted(submission.team(), sha256));
            }
        }
    }
}
