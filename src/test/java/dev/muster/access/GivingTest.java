package dev.muster.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.TeamName;
import dev.muster.rights.Duty;
import dev.muster.rights.Grant;
import dev.muster.rights.Held;
import dev.muster.rights.Narrowing;
import dev.muster.rights.Rights;
import dev.muster.rights.Scope;
import dev.muster.rights.Subject;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who may give which duty: nobody more than they have. */
class GivingTest {
    private static final QueueName QUEUE = new QueueName("research");
    private static final TeamName TEAM = new TeamName("vision");

    /** Whatever somebody may give, they could do already, or are an operator. */
    @Test
    void nobody_gives_more_than_they_have() {
        for (Held held : all()) {
            Rights giver = new Rights(List.of(held), Narrowing.NONE);
            for (Held more : all()) {
                Grant grant = new Grant(Subject.parse("bob"), more.duty(), more.scope());
                if (!Giving.mayGive(giver, grant)) {
                    continue;
                }
                Rights given = new Rights(List.of(more), Narrowing.NONE);
                for (Verb verb : Verb.values()) {
                    for (Resource.Kind kind : Resource.Kind.values()) {
                        for (Resource thing : things(kind)) {
                            assertThat(!May.may(given, verb, thing) || May.may(giver, verb, thing))
                                    .as("%s gives %s: %s %s", held, grant, verb, thing)
                                    .isTrue();
                        }
                    }
                }
            }
        }
    }

    @Test
    void a_narrowed_token_gives_nothing() {
        Grant viewer = new Grant(Subject.parse("bob"), Duty.VIEWER, Scope.of(TEAM));

        assertThat(Giving.mayGive(Rights.OPERATOR, viewer)).isTrue();
        assertThat(Giving.mayGive(new Rights(Rights.OPERATOR.held(), Narrowing.READ_ONLY), viewer))
                .isFalse();
    }

    private static List<Held> all() {
        return Stream.of(Duty.values())
                .flatMap(duty -> Stream.of(
                                Scope.EVERYTHING,
                                Scope.of(TEAM),
                                Scope.of(new TeamName("speech")),
                                Scope.of(QUEUE),
                                Scope.of(new QueueName("other")))
                        .filter(scope -> duty.goesWith(scope.kind()))
                        .map(scope -> new Held(
                                duty, scope, scope.queue() == null ? Set.of() : Set.of(scope.queue(), below(scope)))))
                .toList();
    }

    private static QueueName below(Scope scope) {
        return new QueueName(scope.queue() + "-below");
    }

    private static List<Resource> things(Resource.Kind kind) {
        return List.of(
                Resource.all(kind),
                Resource.of(kind, TEAM, QUEUE, "x"),
                Resource.of(kind, new TeamName("speech"), new QueueName("research-below"), "x"),
                Resource.of(kind, new TeamName("speech"), new QueueName("other"), "x"));
    }
}
