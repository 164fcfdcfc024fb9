package dev.muster.admission;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The rules, for every kind. An object is right when making it right changes nothing: so what other webhooks did in between is
 * found by doing it again.
 */
final class Rules {
    private final Callers callers;

    Rules(Callers callers) {
        this.callers = callers;
    }

    /** What a new object must become. */
    Answer mutate(Review review, Catalogue catalogue) {
        if (passes(review) || review.operation() != Review.Operation.CREATE) {
            return Answer.TAKEN;
        }
        Optional<TeamRules> team = team(review, catalogue);
        if (team.isEmpty()) {
            return stranger(review);
        }
        Draft draft = made(review, team.get(), catalogue);
        return draft.refusals().isEmpty()
                ? new Answer(
                        List.of(),
                        JsonPatch.between(review.object(), draft.object()),
                        Stream.concat(Stream.of(waits(draft)), draft.warnings().stream())
                                .toList())
                : Answer.refused(draft.refusals());
    }

    /** Whether an object is what it must be. */
    Answer validate(Review review, Catalogue catalogue) {
        if (passes(review)) {
            return Answer.TAKEN;
        }
        ObjectNode old = review.old();
        return switch (review.operation()) {
            case CREATE ->
                team(review, catalogue)
                        .map(team -> Answer.refused(unlike(made(review, team, catalogue))))
                        .orElseGet(() -> stranger(review));
            case UPDATE -> old == null ? Answer.TAKEN : Answer.refused(UpdateRules.check(review, old, callers));
            case OTHER -> Answer.TAKEN;
        };
    }

    /** Whose it is: by its namespace; a pod in a hub's namespace says it itself. */
    private static Optional<TeamRules> team(Review review, Catalogue catalogue) {
        Optional<TeamRules> ofNamespace = catalogue.team(review.namespace());
        String named = Draft.label(review.object(), Marks.TEAM);
        return ofNamespace.isPresent() || named == null || review.kind().orElse(null) != Kind.POD
                ? ofNamespace
                : catalogue.named(named);
    }

    private boolean passes(Review review) {
        if (review.kind().isEmpty() || callers.isMuster(review.user())) {
            return true;
        }
        return review.operation() == Review.Operation.CREATE
                && switch (review.kind().get()) {
                    case POD -> PodRules.passes(review, callers);
                    case POD_GROUP -> PodGroupRules.passes(review, callers);
                    case JOB, VOLCANO_JOB, SPARK_APPLICATION, SCHEDULED_SPARK_APPLICATION -> false;
                };
    }

    private static Draft made(Review review, TeamRules team, Catalogue catalogue) {
        Draft draft = new Draft(review, team, catalogue);
        String named = Draft.label(review.object(), Marks.TEAM);
        if (named != null && !named.equals(team.name().value())) {
            draft.forbid(
                    "is in the namespace of team '%s' and says that it is of team '%s'"
                            .formatted(team.name(), Shown.of(named)),
                    "Leave the label %s out".formatted(Marks.TEAM));
            return draft;
        }
        switch (review.kind().orElseThrow()) {
            case POD -> PodRules.mutate(draft);
            case JOB -> JobRules.mutate(draft);
            case VOLCANO_JOB -> VolcanoJobRules.mutate(draft);
            case POD_GROUP -> PodGroupRules.mutate(draft);
            case SPARK_APPLICATION -> SparkApplicationRules.mutate(draft);
            case SCHEDULED_SPARK_APPLICATION -> SparkApplicationRules.refuseSchedule(draft);
        }
        return draft;
    }

    private static List<Refusal> unlike(Draft draft) {
        if (draft.refusals().isEmpty()) {
            ArrayNode patch = JsonPatch.between(draft.review().object(), draft.object());
            if (!patch.isEmpty()) {
                String paths = StreamSupport.stream(patch.spliterator(), false)
                        .map(operation -> Shown.of(operation.path("path").asText()))
                        .limit(5)
                        .collect(Collectors.joining(", "));
                draft.forbid(
                        "is not as Muster made it: something changed %s afterwards".formatted(paths),
                        "Another mutating webhook does that; let it leave these fields alone in teams' namespaces");
            }
        }
        return draft.refusals();
    }

    private static Answer stranger(Review review) {
        String named = Draft.label(review.object(), Marks.TEAM);
        if (named != null && review.kind().orElse(null) == Kind.POD) {
            return Answer.refused(List.of(Refusal.forbidden(
                    "%s says that it is of team '%s', and there is none".formatted(review.shown(), Shown.of(named)),
                    "Name a team in the label %s: muster teams".formatted(Marks.TEAM))));
        }
        return Answer.refused(List.of(Refusal.forbidden(
                "%s is in the namespace '%s', which is labelled as a team's, and no team has it"
                        .formatted(review.shown(), Shown.of(review.namespace())),
                "An admin sets spec.namespace of the team, or takes the label muster.dev/team off the namespace")));
    }

    private static String waits(Draft draft) {
        String queue = Draft.label(draft.object(), Marks.QUEUE);
        return "%s waits in queue '%s' until its whole gang fits; 'muster why' tells what for"
                .formatted(draft.review().shown(), queue);
    }
}
