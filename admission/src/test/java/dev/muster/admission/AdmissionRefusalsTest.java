package dev.muster.admission;

import static dev.muster.admission.Asked.json;
import static dev.muster.admission.Asked.toChange;
import static dev.muster.admission.Asked.toCreate;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.admission.Asked.Answered;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused, to whom, and what is said. */
class AdmissionRefusalsTest {
    private static final String POD =
            "{'metadata':{'name':'first',%s},'spec':{'schedulerName':'default-scheduler',%s}}";
    private static final String JOB = "{'metadata':{'name':'first'},'spec':{'suspend':%s,'parallelism':2,'template':"
            + "{'metadata':{'labels':{'a':'%s'}},'spec':{'containers':[]}}}}";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            'labels':{'muster.dev/queue':'nlp-batch'}            | 'a':1 | 403 | queue 'nlp-batch', which is for team 'nlp' only; this namespace is team 'vision'. Set the label muster.dev/queue to one of shared, vision-batch.
            'labels':{'muster.dev/queue':'nowhere'}              | 'a':1 | 422 | queue 'nowhere', which there is not. Set the label muster.dev/queue to one of shared, vision-batch.
            'labels':{'muster.dev/queue':'root'}                 | 'a':1 | 422 | queue 'root', which has queues below it
            'labels':{'muster.dev/queue':'vision-old'}           | 'a':1 | 422 | queue 'vision-old', which takes no new jobs now
            'labels':{'muster.dev/queue':'No Name'}              | 'a':1 | 422 | queue 'No Name', which is no name of a queue
            'annotations':{'scheduling.volcano.sh/queue-name':'nlp-batch'} | 'a':1 | 403 | queue 'nlp-batch', which is for team 'nlp' only
            'a':1 | 'priorityClassName':'rush'                   | 403 | priority class 'rush', which team 'vision' may not name. Set priorityClassName to one of routine, urgent
            'a':1 | 'priorityClassName':'system-node-critical'   | 403 | priority class 'system-node-critical'
            'a':1 | 'schedulerName':'other'                      | 422 | scheduler 'other': expected volcano or none
            'a':1 | 'nodeName':'node-7'                          | 403 | the node 'node-7' past the scheduler and the queue
            'labels':{'muster.dev/attempt':'x-1'}                | 'a':1 | 403 | label 'muster.dev/attempt', which only Muster writes
            'annotations':{'muster.dev/else':'x'}                | 'a':1 | 403 | annotation 'muster.dev/else', which only Muster writes
            'annotations':{'muster.dev/gang-size':'0'}           | 'a':1 | 422 | annotation muster.dev/gang-size '0': expected the number of pods, 1 to 10000
            'annotations':{'muster.dev/gang-size':'10001'}       | 'a':1 | 422 | annotation muster.dev/gang-size '10001'
            'annotations':{'muster.dev/gang-size':'4'}           | 'a':1 | 422 | is of a gang of 4 and does not say which
            'annotations':{'muster.dev/gang-name':'g'}           | 'a':1 | 422 | names the gang 'g' and not how many pods that has
            'annotations':{'muster.dev/gang-name':'G!','muster.dev/gang-size':'2'} | 'a':1 | 422 | gang 'G!', which is no name of a PodGroup
            'annotations':{'muster.dev/gang-name':'a','scheduling.k8s.io/group-name':'b'} | 'a':1 | 422 | is of the gang 'a' and of the PodGroup 'b'
            'annotations':{'muster.dev/evictable':'maybe'}       | 'a':1 | 422 | annotation muster.dev/evictable 'maybe': expected true or false
            """)
    void a_pod_is_told_what_is_wrong_and_how_to_mend_it(String metadata, String spec, int status, String message) {
        Answered answered = toCreate(Kind.POD, POD.formatted(metadata, spec)).mutated();
        assertThat(answered.taken()).isFalse();
        assertThat(answered.message()).startsWith("Pod 'first' ").contains(message);
        assertThat(answered.status()).isEqualTo(status);
        assertThat(answered.patch()).isEmpty();
    }

    /** Counted is when it becomes a job; who has none left hears it at once, and others of the team go on. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            POD         | 'spec':{'priorityClassName':'rush','containers':[]}
            JOB         | 'spec':{'template':{'spec':{'priorityClassName':'rush','containers':[]}}}
            VOLCANO_JOB | 'spec':{'priorityClassName':'rush','tasks':[{'replicas':1,'template':{'spec':{'containers':[]}}}]}
            POD_GROUP   | 'spec':{'minMember':2,'priorityClassName':'rush'}
            SPARK_APPLICATION | 'spec':{'type':'Python','sparkVersion':'3.5.0','driver':{'priorityClassName':'rush'},'executor':{}}
            """)
    void who_has_used_up_the_classes_that_evict_is_told_when_the_next_is_free(Kind kind, String spec) {
        Asked asked =
                toCreate(kind, "{'metadata':{'name':'first'}," + spec + "}").in("speech-jobs");

        Answered answered = asked.mutated();
        assertThat(answered.taken()).isFalse();
        assertThat(answered.status()).isEqualTo(403);
        assertThat(answered.message())
                .contains("asks for the priority class 'rush', whose jobs may evict others")
                .contains("team 'speech' has none left for ada@example.com: the next is free at 2026-05-05T10:00:00Z")
                .contains("Name a class that evicts nobody");
        assertThat(asked.by("bo@example.com").mutated().taken()).isTrue();
    }

    @Test
    void pods_of_a_job_that_was_counted_are_let_in() {
        String pod = "{'metadata':{'name':'first','labels':{%s}},'spec':{'priorityClassName':'rush','containers':[]}}";
        for (String of : new String[] {"'muster.dev/executor-of':'train-1'", "'muster.dev/spark-application':'etl'"}) {
            Answered answered =
                    toCreate(Kind.POD, pod.formatted(of)).in("speech-jobs").mutated();
            assertThat(answered.taken()).as(answered.message()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            JOB         | 'spec':{'parallelism':0,'template':{}}          | Job 'first' has a parallelism of 0: expected 1 to 10000
            JOB         | 'spec':{'parallelism':20000,'template':{}}      | has a parallelism of 20000
            JOB         | 'spec':{'template':{'spec':{'priorityClassName':'rush'}}} | priority class 'rush'
            JOB         | 'spec':{'template':{'spec':{'schedulingGates':[{'name':'muster.dev/queued'}]}}} | has the gate muster.dev/queued in its template
            JOB         | 'spec':{'template':{'metadata':{'labels':{'muster.dev/attempt':'a-1'}}}} | in its template the label 'muster.dev/attempt'
            JOB         | 'spec':{'template':{'metadata':{'labels':{'muster.dev/queue':'nlp-batch'}}}} | for team 'nlp' only
            JOB         | 'spec':{'template':{'metadata':{'annotations':{'muster.dev/gang-size':'4'}}}} | set by parallelism
            VOLCANO_JOB | 'spec':{'tasks':[]}                             | Volcano Job 'first' has 0 pods in its tasks
            VOLCANO_JOB | 'spec':{'tasks':[{'replicas':9000},{'replicas':9000}]} | has 18000 pods
            VOLCANO_JOB | 'spec':{'queue':'nlp-batch','tasks':[{'replicas':1}]} | for team 'nlp' only
            VOLCANO_JOB | 'spec':{'priorityClassName':'rush','tasks':[{'replicas':1}]} | priority class 'rush'
            VOLCANO_JOB | 'spec':{'tasks':[{'template':{'spec':{'priorityClassName':'rush'}}}]} | priority class 'rush'
            POD_GROUP   | 'spec':{'minMember':0}                          | PodGroup 'first' has a minMember of 0
            POD_GROUP   | 'spec':{'minMember':2,'queue':'nlp-batch'}      | for team 'nlp' only
            POD_GROUP   | 'spec':{'minMember':2,'priorityClassName':'rush'} | priority class 'rush'
            """)
    void so_is_everything_that_makes_pods(Kind kind, String spec, String message) {
        Answered answered =
                toCreate(kind, "{'metadata':{'name':'first'}," + spec + "}").mutated();
        assertThat(answered.taken()).isFalse();
        assertThat(answered.message()).contains(message);
    }

    @Test
    void label_and_spec_may_not_name_two_queues() {
        assertThat(toCreate(
                                Kind.POD_GROUP,
                                "{'metadata':{'name':'g','labels':{'muster.dev/queue':'shared'}},'spec':{'queue':'vision-batch'}}")
                        .mutated()
                        .message())
                .contains("names the queue 'shared' in its label and 'vision-batch' in its spec");
    }

    @Test
    void a_team_without_a_default_has_to_name_its_queue() {
        assertThat(toCreate(Kind.POD, POD.formatted("'a':1", "'a':1"))
                        .in("nlp")
                        .mutated()
                        .message())
                .contains(
                        "names no queue and team 'nlp' has no default. Set the label muster.dev/queue to one of shared.");
    }

    @Test
    void a_labelled_namespace_that_no_team_has_takes_nothing() {
        assertThat(toCreate(Kind.POD, POD.formatted("'a':1", "'a':1"))
                        .in("lost")
                        .mutated()
                        .message())
                .contains("namespace 'lost', which is labelled as a team's, and no team has it");
    }

    @Test
    void every_mistake_is_told_at_once() {
        assertThat(toCreate(
                                Kind.POD,
                                POD.formatted(
                                        "'labels':{'muster.dev/job':'x'}", "'priorityClassName':'rush','nodeName':'n'"))
                        .mutated()
                        .message()
                        .lines())
                .hasSize(3);
    }

    @Test
    void a_job_is_started_and_suspended_by_muster_alone() {
        JsonNode held = json(JOB.formatted("true", "x"));
        JsonNode free = json(JOB.formatted("false", "x"));
        assertThat(toChange(Kind.JOB, held, free).validated().message())
                .isEqualTo("Job 'first' is started by Muster alone."
                        + " It starts when its whole gang fits; 'muster why' tells what it waits for.");
        assertThat(toChange(Kind.JOB, free, held).validated().message()).contains("is suspended by Muster alone");
        assertThat(toChange(Kind.JOB, held, free).by(Asked.MUSTER).validated().taken())
                .isTrue();
    }

    @Test
    void what_was_checked_may_not_change_afterwards() {
        JsonNode held = json(JOB.formatted("true", "x"));
        assertThat(toChange(Kind.JOB, held, json(JOB.formatted("true", "y")))
                        .validated()
                        .message())
                .contains("keeps its field spec.template");
        assertThat(toChange(Kind.JOB, held, held).validated().taken()).isTrue();
        for (String field : new String[] {"queue", "priorityClassName", "minMember", "minTaskMember", "minResources"}) {
            ObjectNode before = json("{'metadata':{'name':'g'},'spec':{'minMember':4}}");
            ObjectNode after = before.deepCopy();
            ((ObjectNode) after.path("spec")).put(field, 1);
            Asked asked = toChange(Kind.POD_GROUP, before, after);
            assertThat(asked.validated().message()).contains("PodGroup 'g' keeps its field spec." + field);
            assertThat(asked.by("system:serviceaccount:volcano-system:volcano-controllers")
                            .validated()
                            .taken())
                    .isTrue();
        }
        for (String field : new String[] {"queue", "priorityClassName", "minAvailable", "tasks"}) {
            ObjectNode before = json("{'metadata':{'name':'v'},'spec':{}}");
            ObjectNode after = before.deepCopy();
            ((ObjectNode) after.path("spec")).put(field, 1);
            assertThat(toChange(Kind.VOLCANO_JOB, before, after).validated().message())
                    .contains("keeps its field spec." + field);
        }
    }

    @Test
    void nobody_takes_a_gate_or_a_mark_away() {
        ObjectNode gated = json(
                "{'metadata':{'name':'p','labels':{'muster.dev/queue':'shared','app':'x'}},'spec':{'schedulingGates':[{'name':'muster.dev/queued'}]}}");
        ObjectNode free = gated.deepCopy();
        ((ObjectNode) free.path("spec")).remove("schedulingGates");
        assertThat(toChange(Kind.POD, gated, free).validated().message())
                .contains("waits behind the gate muster.dev/queued, which only Muster takes away");
        assertThat(toChange(Kind.POD, gated, free).by(Asked.MUSTER).validated().taken())
                .isTrue();
        ObjectNode unmarked = gated.deepCopy();
        ((ObjectNode) unmarked.path("metadata").path("labels")).remove("muster.dev/queue");
        assertThat(toChange(Kind.POD, gated, unmarked).validated().message())
                .contains("keeps its label 'muster.dev/queue'");
        ObjectNode relabelled = gated.deepCopy();
        ((ObjectNode) relabelled.path("metadata").path("labels")).put("app", "y");
        assertThat(toChange(Kind.POD, gated, relabelled).validated().taken()).isTrue();
    }

    @Test
    void what_another_webhook_undid_is_found() {
        Answered answered = toCreate(Kind.POD, POD.formatted("'a':1", "'a':1")).mutated();
        ObjectNode object = (ObjectNode) answered.object();
        ((ObjectNode) object.path("spec")).put("schedulerName", "default-scheduler");
        ((ObjectNode) object.path("spec")).remove("schedulingGates");
        assertThat(toCreate(Kind.POD, object.toString()).validated().message())
                .contains("is not as Muster made it: something changed")
                .contains("/spec/schedulerName")
                .contains("/spec/schedulingGates")
                .contains("Another mutating webhook");
    }
}
