package dev.muster.external;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.cluster.ExternalRef;
import dev.muster.cluster.ExternalWork;
import dev.muster.cluster.ExternalWork.Phase;
import dev.muster.cluster.PodTemplate;
import dev.muster.cycle.Wake;
import dev.muster.event.EventType;
import dev.muster.event.RecordedEvent;
import dev.muster.job.Job;
import dev.muster.job.JobState;
import dev.muster.postgres.EventStore;
import dev.muster.postgres.ExternalJobStore;
import dev.muster.postgres.JobStore;
import dev.muster.postgres.PriorityClassStore;
import dev.muster.postgres.RushStore;
import dev.muster.postgres.TeamStore;
import dev.muster.postgres.Versioned;
import dev.muster.problem.MusterException;
import dev.muster.quota.name.PriorityClassName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.name.TeamName;
import dev.muster.quota.node.NodeAffinity;
import dev.muster.quota.resource.Resources;
import dev.muster.steering.Steering;
import dev.muster.submission.Submission;
import dev.muster.submission.Submissions;
import dev.muster.team.RushAllowance;
import dev.muster.team.RushUse;
import dev.muster.team.Team;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What was created past Muster becomes a job, once, and each follows what becomes of the other. */
@QuarkusTest
class ExternalJobsTest {
    private static final TeamName TEAM = new TeamName("past");
    private static final AtomicInteger NUMBER = new AtomicInteger();

    @Inject
    ExternalJobStore store;

    @Inject
    ExternalAcceptance acceptance;

    @Inject
    JobStore jobs;

    @Inject
    TeamStore teams;

    @Inject
    PriorityClassStore classes;

    @Inject
    EventStore events;

    @Inject
    RushStore rushes;

    @Inject
    Steering steering;

    @Inject
    Submissions submissions;

    @Inject
    InstantSource clock;

    @Inject
    Wake wake;

    private final Past past = new Past();
    private ExternalJobs external;

    @BeforeEach
    void a_team() {
        teams.put(
                new Team(TEAM, "past-jobs", List.of(), null, null, null, Set.of(), Map.of(), Set.of()),
                OptionalLong.empty(),
                "test",
                clock.instant());
        external = again();
    }

    @AfterEach
    void nothing_is_left() {
        past.present.clear();
        external.look();
        external.look();
        assertThat(store.all()).isEmpty();
        teams.delete(TEAM, OptionalLong.empty(), "test", clock.instant());
    }

    @Test
    void what_is_held_becomes_a_job_of_its_team_once() {
        ExternalWork work = held(ExternalRef.Kind.JOB, 3);
        past.present.add(work);
        external.look();
        Job job = job(work);
        assertThat(job.state()).isEqualTo(JobState.QUEUED);
        assertThat(job.team()).isEqualTo(TEAM);
        assertThat(job.submittedBy()).isEqualTo("ada@example.com");
        assertThat(job.spec().roles().get(0).minimum()).isEqualTo(3);
        assertThat(job.spec().annotations()).containsEntry("muster.dev/external", "Job");

        external.look();
        again().look();
        assertThat(job(work)).isEqualTo(job);
        assertThat(store.all()).hasSize(1);
    }

    @Test
    void two_that_look_at_once_make_one_job() {
        ExternalWork work = held(ExternalRef.Kind.JOB, 1);
        past.present.add(work);
        external.look();
        assertThatThrownBy(() -> acceptance.accept(
                        work,
                        teams.find(TEAM).orElseThrow().value(),
                        classes.all().stream().map(Versioned::value).toList(),
                        clock.instant()))
                .hasMessageContaining("has a job already");
        assertThat(store.all()).hasSize(1);
    }

    @Test
    void a_gang_that_is_not_whole_or_has_no_team_is_left_held() {
        past.present.add(with(held(ExternalRef.Kind.PODS, 2), Phase.PARTIAL));
        past.present.add(new ExternalWork(
                new ExternalRef(ExternalRef.Kind.JOB, "elsewhere", "j", "u"),
                "x",
                new QueueName("all"),
                new PriorityClassName("routine"),
                List.of(),
                true,
                Phase.HELD));
        external.look();
        assertThat(store.all()).isEmpty();
    }

    @Test
    void a_job_whose_object_is_deleted_is_cancelled() {
        ExternalWork work = held(ExternalRef.Kind.JOB, 1);
        past.present.add(work);
        external.look();
        Job before = job(work);
        past.present.clear();
        external.look();
        Job after = jobs.find(before.id()).orElseThrow();
        assertThat(after.state()).isEqualTo(JobState.CANCELLED);
        external.look();
        assertThat(store.all()).isEmpty();
    }

    @Test
    void an_object_whose_job_is_cancelled_is_removed() {
        ExternalWork work = held(ExternalRef.Kind.JOB, 1);
        past.present.add(work);
        external.look();
        steering.cancel("ada", job(work).id(), null);
        external.look();
        assertThat(past.discarded).containsExactly(work.ref());
    }

    @Test
    void pods_that_were_replaced_while_they_waited_are_another_job() {
        ExternalWork work = held(ExternalRef.Kind.PODS, 2);
        past.present.add(work);
        external.look();
        Job before = job(work);
        past.present.set(
                0,
                new ExternalWork(
                        work.ref(),
                        work.submittedBy(),
                        work.queue(),
                        work.priorityClass(),
                        held(ExternalRef.Kind.PODS, 5).roles(),
                        false,
                        Phase.HELD));
        external.look();
        external.look();
        assertThat(jobs.find(before.id()).orElseThrow().state()).isEqualTo(JobState.CANCELLED);
        assertThat(job(work).spec().roles().get(0).minimum()).isEqualTo(5);
    }

    @Test
    void pods_that_nobody_makes_again_are_never_evicted() {
        ExternalWork work = held(ExternalRef.Kind.PODS, 1);
        past.present.add(work);
        external.look();
        assertThat(job(work).spec().retry().platformRetries()).isZero();
        assertThat(job(work).spec().startDeadline()).isGreaterThan(java.time.Duration.ofDays(300));
    }

    @Test
    void in_a_namespace_of_none_it_is_of_the_team_that_it_names() {
        ExternalWork of = held(ExternalRef.Kind.PODS, 1);
        ExternalRef hub = new ExternalRef(
                ExternalRef.Kind.PODS, "hub", of.ref().name(), of.ref().uid());
        ExternalWork stray = new ExternalWork(
                hub, of.submittedBy(), of.queue(), of.priorityClass(), of.roles(), of.evictable(), of.phase());
        past.present.add(stray);
        external.look();
        assertThat(store.all()).doesNotContainKey(hub.key());

        past.present.set(past.present.size() - 1, stray.of(TEAM));
        external.look();
        assertThat(job(stray).team()).isEqualTo(TEAM);
    }

    /** The webhook refuses who has none left when it knows that; of what came at the same time one waits in a lower class. */
    @Test
    void a_class_that_evicts_is_counted_and_one_too_many_waits_in_one_that_does_not() {
        a_team_with(new RushAllowance(null, null, 1, null));
        List<ExternalWork> asked = List.of(
                rush(held(ExternalRef.Kind.SPARK_APPLICATION, 1)),
                rush(held(ExternalRef.Kind.VOLCANO_JOB, 2)),
                rush(held(ExternalRef.Kind.PODS, 1)));
        past.present.add(asked.get(0));
        external.look();
        past.present.addAll(asked.subList(1, 3));
        external.look();
        external.look();

        assertThat(job(asked.get(0)).spec().priorityClass().value()).isEqualTo("rush");
        assertThat(job(asked.get(0)).priority()).isEqualTo(100);
        for (ExternalWork late : asked.subList(1, 3)) {
            Job job = job(late);
            assertThat(job.spec().priorityClass().value()).isEqualTo("exceptional");
            assertThat(job.priority()).isEqualTo(50);
            assertThat(events.of(job.id()))
                    .extracting(RecordedEvent::event)
                    .filteredOn(event -> event.type() == EventType.JOB_CHANGED)
                    .singleElement()
                    .satisfies(event -> {
                        assertThat(event.from()).isEqualTo("rush");
                        assertThat(event.to()).isEqualTo("exceptional");
                        assertThat(event.why().code()).isEqualTo("RUSH_SPENT");
                        assertThat(event.why().message()).contains("has 0 left for you; the next is free at 20");
                    });
        }
        assertThat(rushes.uses(TEAM, clock.instant()))
                .extracting(RushUse::actor)
                .containsExactly("ada@example.com");
    }

    @Test
    void one_too_many_of_a_team_that_may_have_no_other_class_is_left_held() {
        a_team_with(new RushAllowance(0, null, null, null), new PriorityClassName("rush"));
        List<RushUse> before = rushes.uses(TEAM, clock.instant());
        past.present.add(rush(held(ExternalRef.Kind.JOB, 1)));

        external.look();

        assertThat(store.all()).isEmpty();
        assertThat(rushes.uses(TEAM, clock.instant())).isEqualTo(before);
    }

    @Test
    void it_cannot_be_rerun() {
        ExternalWork work = held(ExternalRef.Kind.JOB, 1);
        past.present.add(work);
        external.look();
        Job job = job(work);
        steering.cancel("ada", job.id(), null);
        assertThatThrownBy(() -> submissions.rerun(new Submission("ada", TEAM, false, null), job.id(), all -> {
                    throw new AssertionError(all);
                }))
                .isInstanceOf(MusterException.class)
                .satisfies(e ->
                        assertThat(((MusterException) e).faults().toString()).contains("created past Muster"));
    }

    private void a_team_with(RushAllowance rush, PriorityClassName... classes) {
        teams.put(
                new Team(
                        TEAM,
                        "past-jobs",
                        List.of(),
                        null,
                        null,
                        null,
                        Set.of(),
                        Map.of(),
                        Set.of(classes),
                        null,
                        rush,
                        null),
                OptionalLong.empty(),
                "test",
                clock.instant());
    }

    private static ExternalWork rush(ExternalWork work) {
        return new ExternalWork(
                work.ref(),
                work.submittedBy(),
                work.queue(),
                new PriorityClassName("rush"),
                work.roles(),
                work.evictable(),
                work.phase());
    }

    private ExternalJobs again() {
        return new ExternalJobs(past, store, acceptance, jobs, teams, classes, steering, clock, wake);
    }

    private Job job(ExternalWork work) {
        return jobs.find(store.all().get(work.ref().key()).job()).orElseThrow();
    }

    private static ExternalWork with(ExternalWork work, Phase phase) {
        return new ExternalWork(
                work.ref(),
                work.submittedBy(),
                work.queue(),
                work.priorityClass(),
                work.roles(),
                work.evictable(),
                phase);
    }

    private static ExternalWork held(ExternalRef.Kind kind, int pods) {
        int number = NUMBER.incrementAndGet();
        ExternalRef ref = new ExternalRef(kind, "past-jobs", "work-" + number, "uid-" + number);
        PodTemplate template = new PodTemplate(
                null,
                List.of(),
                List.of(),
                Map.of(),
                List.of(),
                List.of(),
                null,
                Resources.of(Map.of("cpu", 1_000L)),
                NodeAffinity.ANY,
                List.of(),
                Map.of(),
                Map.of());
        return new ExternalWork(
                ref,
                "ada@example.com",
                new QueueName("past"),
                new PriorityClassName("routine"),
                List.of(new ExternalWork.Role(new RoleName("worker"), pods, template)),
                kind != ExternalRef.Kind.PODS,
                Phase.HELD);
    }
}
