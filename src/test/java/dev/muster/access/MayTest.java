package dev.muster.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.TeamName;
import dev.muster.rights.Duty;
import dev.muster.rights.Held;
import dev.muster.rights.Narrowing;
import dev.muster.rights.Rights;
import dev.muster.rights.Scope;
import dev.muster.rights.Sight;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who may do what with what. */
class MayTest {
    private static final QueueName RESEARCH = new QueueName("research");
    private static final QueueName VISION = new QueueName("vision-queue");

    @Test
    void who_holds_nothing_may_nothing() {
        for (Verb verb : Verb.values()) {
            for (Resource.Kind kind : Resource.Kind.values()) {
                assertThat(May.may(Rights.NONE, verb, job("vision", VISION))).isFalse();
                assertThat(May.may(Rights.NONE, verb, Resource.all(kind))).isFalse();
                assertThat(May.maySomewhere(Rights.NONE, verb, kind)).isFalse();
            }
        }
    }

    @Test
    void operators_may_everything() {
        for (Verb verb : Verb.values()) {
            for (Resource.Kind kind : Resource.Kind.values()) {
                assertThat(May.may(Rights.OPERATOR, verb, Resource.all(kind))).isTrue();
            }
        }
    }

    @Test
    void a_submitter_submits_and_steers_in_the_own_team_only() {
        Rights ana = team(Duty.SUBMITTER, "vision");

        assertThat(May.may(ana, Verb.SUBMIT, job("vision", null))).isTrue();
        assertThat(May.may(ana, Verb.CANCEL, job("vision", VISION))).isTrue();
        assertThat(May.may(ana, Verb.READ, job("speech", VISION))).isFalse();
        assertThat(May.may(ana, Verb.SUBMIT, job("speech", null))).isFalse();
        assertThat(May.may(ana, Verb.LIST, Resource.all(Resource.Kind.JOB))).isFalse();
        assertThat(May.maySomewhere(ana, Verb.LIST, Resource.Kind.JOB)).isTrue();
    }

    @Test
    void a_team_sees_its_queue_and_does_not_change_it() {
        Rights ana = team(Duty.TEAM_ADMIN, "vision");

        assertThat(May.may(ana, Verb.READ, queue(VISION))).isTrue();
        assertThat(May.may(ana, Verb.PUT, queue(VISION))).isFalse();
        assertThat(May.may(ana, Verb.READ, queue(RESEARCH))).isFalse();
    }

    @Test
    void jobs_of_others_in_the_queue_of_a_team_are_not_the_teams() {
        assertThat(May.may(team(Duty.VIEWER, "vision"), Verb.READ, job("speech", VISION)))
                .isFalse();
        assertThat(May.sight(team(Duty.VIEWER, "vision"), Verb.LIST, Resource.Kind.JOB))
                .isEqualTo(new Sight(Set.of(new TeamName("vision")), Set.of()));
    }

    @Test
    void a_quota_admin_shares_out_below_the_queue_and_does_not_give_it_more() {
        Rights quinn = queue(Duty.QUOTA_ADMIN, RESEARCH, VISION);

        assertThat(May.may(quinn, Verb.PUT, queue(VISION))).isTrue();
        assertThat(May.may(quinn, Verb.PUT, queue(RESEARCH))).isFalse();
        assertThat(May.may(quinn, Verb.READ, queue(RESEARCH))).isTrue();
        assertThat(May.may(quinn, Verb.READ, queue(new QueueName("other")))).isFalse();
        assertThat(May.may(quinn, Verb.READ, job("vision", VISION))).isTrue();
        assertThat(May.may(quinn, Verb.CANCEL, job("vision", VISION))).isFalse();
        assertThat(May.may(quinn, Verb.READ, job("speech", new QueueName("speech"))))
                .isFalse();
    }

    @Test
    void what_looks_at_everybody_is_for_who_may_see_everybody() {
        assertThat(May.may(team(Duty.VIEWER, "vision"), Verb.READ, Resource.all(Resource.Kind.PLANNER)))
                .isFalse();
        assertThat(May.may(everywhere(Duty.VIEWER), Verb.READ, Resource.all(Resource.Kind.PLANNER)))
                .isTrue();
        assertThat(May.may(everywhere(Duty.VIEWER), Verb.READ, Resource.all(Resource.Kind.METRICS)))
                .isFalse();
    }

    @Test
    void an_auditor_changes_nothing() {
        Rights audit = everywhere(Duty.AUDITOR);
        assertThat(Arrays.stream(Verb.values()).filter(verb -> Arrays.stream(Resource.Kind.values())
                        .filter(kind -> kind != Resource.Kind.TOKEN)
                        .anyMatch(kind -> May.may(audit, verb, Resource.all(kind)))))
                .containsExactlyInAnyOrder(Verb.LIST, Verb.READ);
    }

    @Test
    void duties_add_up() {
        Rights both = new Rights(
                List.of(
                        new Held(Duty.VIEWER, Scope.of(new TeamName("vision")), Set.of()),
                        new Held(Duty.SUBMITTER, Scope.of(new TeamName("speech")), Set.of())),
                Narrowing.NONE);

        assertThat(May.may(both, Verb.SUBMIT, job("speech", null))).isTrue();
        assertThat(May.may(both, Verb.SUBMIT, job("vision", null))).isFalse();
        assertThat(May.sight(both, Verb.LIST, Resource.Kind.JOB).teams())
                .containsExactlyInAnyOrder(new TeamName("vision"), new TeamName("speech"));
    }

    @ParameterizedTest
    @EnumSource(
            value = Narrowing.class,
            names = {"CANCEL_ONLY", "READ_ONLY"})
    void a_narrowing_takes_away_and_never_adds(Narrowing narrowing) {
        for (Duty duty : Duty.values()) {
            Rights all = everywhere(duty);
            Rights narrowed = new Rights(all.held(), narrowing);
            for (Verb verb : Verb.values()) {
                for (Resource.Kind kind : Resource.Kind.values()) {
                    boolean left = May.may(narrowed, verb, Resource.all(kind));
                    assertThat(!left || May.may(all, verb, Resource.all(kind))).isTrue();
                    boolean cancels = narrowing == Narrowing.CANCEL_ONLY && verb == Verb.CANCEL;
                    assertThat(!left || verb == Verb.READ || verb == Verb.LIST || cancels)
                            .isTrue();
                }
            }
        }
    }

    @Test
    void who_may_see_everything_is_not_held_to_a_list() {
        assertThat(May.sight(everywhere(Duty.VIEWER), Verb.LIST, Resource.Kind.JOB))
                .isNull();
        assertThat(May.sight(Rights.NONE, Verb.LIST, Resource.Kind.JOB)).isEqualTo(new Sight(Set.of(), Set.of()));
    }

    private static Rights team(Duty duty, String team) {
        return new Rights(List.of(new Held(duty, Scope.of(new TeamName(team)), Set.of(VISION))), Narrowing.NONE);
    }

    private static Rights queue(Duty duty, QueueName root, QueueName below) {
        return new Rights(List.of(new Held(duty, Scope.of(root), Set.of(root, below))), Narrowing.NONE);
    }

    private static Rights everywhere(Duty duty) {
        return new Rights(List.of(Held.everywhere(duty)), Narrowing.NONE);
    }

    private static Resource job(String team, QueueName queue) {
        return new Resource(Resource.Kind.JOB, team, queue, null);
    }

    private static Resource queue(QueueName queue) {
        return new Resource(Resource.Kind.QUEUE, null, queue.value());
    }
}
