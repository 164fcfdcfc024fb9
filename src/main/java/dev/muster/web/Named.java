package dev.muster.web;

import dev.muster.api.Metadata;
import dev.muster.postgres.Versioned;
import dev.muster.problem.Fault;
import dev.muster.problem.MusterException;
import dev.muster.problem.Place;
import org.jspecify.annotations.Nullable;

/** What teams, queues, pools and priority classes have in common on the wire. */
final class Named {
    private Named() {}

    static Metadata metadata(String name, Versioned<?> versioned) {
        String etag = versioned.version() == 0 ? null : JobView.etag(versioned.version());
        return new Metadata(name, null, null, null, null, etag, versioned.createdAt());
    }

    /** The body must say what the path says, and nothing that would not be kept. */
    static void check(Place place, @Nullable String kind, String expected, @Nullable Metadata metadata, String name) {
        if (kind != null && !kind.equals(expected)) {
            place.at("kind").bad(kind, expected);
        }
        if (metadata == null) {
            return;
        }
        Place at = place.at("metadata");
        if (metadata.name() != null && !metadata.name().equals(name)) {
            at.at("name")
                    .fault(
                            Fault.Kind.CONTRADICTION,
                            "'%s', the path says '%s'".formatted(MusterException.shown(metadata.name()), name));
        }
        if (metadata.labels() != null && !metadata.labels().isEmpty()) {
            at.at("labels").fault(Fault.Kind.NOT_ALLOWED, "only jobs have labels", "Remove them");
        }
        if (metadata.annotations() != null && !metadata.annotations().isEmpty()) {
            at.at("annotations").fault(Fault.Kind.NOT_ALLOWED, "only jobs have annotations", "Remove them");
        }
    }
}
