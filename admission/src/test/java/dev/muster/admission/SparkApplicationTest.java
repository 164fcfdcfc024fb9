package dev.muster.admission;

import static dev.muster.admission.Asked.toCreate;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.admission.Asked.Answered;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Applications of the Spark operator on their way in: what they become, and what is refused by its field. */
class SparkApplicationTest {
    private static final String APPLICATION =
            "{'metadata':{'name':'pi'},'spec':{'type':'Python','sparkVersion':'3.5.6',%s'driver':{%s},'executor':{'instances':2}}}";

    @Test
    void an_application_is_held_and_its_pods_will_say_whose_they_are() {
        Answered answered = toCreate(
                        Kind.SPARK_APPLICATION,
                        APPLICATION.formatted(
                                "'batchScheduler':'volcano','restartPolicy':{'type':'OnFailure','onFailureRetries':3},",
                                "'labels':{'app':'x'}"))
                .mutated();
        JsonNode application = answered.object();
        assertThat(application.at("/spec/suspend").asBoolean()).isTrue();
        assertThat(application.at("/metadata/labels/muster.dev~1queue").asText())
                .isEqualTo("vision-batch");
        assertThat(application
                        .at("/metadata/annotations/muster.dev~1submitted-by")
                        .asText())
                .isEqualTo(Asked.USER);
        assertThat(application.path("spec").has("batchScheduler")).isFalse();
        assertThat(application
                        .at("/spec/batchSchedulerOptions/priorityClassName")
                        .asText())
                .isEqualTo("routine");
        for (String role : new String[] {"driver", "executor"}) {
            assertThat(application
                            .at("/spec/" + role + "/labels/muster.dev~1spark-application")
                            .asText())
                    .isEqualTo("pi");
        }
        assertThat(application.at("/spec/driver/labels/app").asText()).isEqualTo("x");
        assertThat(application.at("/spec/restartPolicy/type").asText()).isEqualTo("Never");
        assertThat(answered.response().path("warnings").toString()).contains("restart policy became Never");
        assertThat(answered.again().mutated().patch())
                .as("doing it again changes nothing")
                .isEmpty();
    }

    @Test
    void its_pods_are_held_and_are_no_jobs_of_their_own() {
        JsonNode pod = toCreate(
                        Kind.POD,
                        "{'metadata':{'name':'pi-driver','labels':{'muster.dev/spark-application':'pi','spark-role':'driver'},"
                                + "'annotations':{'scheduling.k8s.io/group-name':'spark-pi-pg'}},'spec':{'containers':[]}}")
                .by("system:serviceaccount:spark-operator:controller")
                .mutated()
                .object();
        assertThat(pod.at("/spec/schedulingGates/0/name").asText()).isEqualTo("muster.dev/queued");
        assertThat(pod.at("/metadata/labels/muster.dev~1role").asText()).isEqualTo("driver");
        assertThat(pod.at("/metadata/labels").has("muster.dev/queue")).isFalse();
        assertThat(pod.at("/metadata/annotations").has("scheduling.k8s.io/group-name"))
                .isFalse();
        assertThat(pod.at("/spec/schedulerName").asText()).isEqualTo("volcano");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'mode':'client', | | has the mode 'client'",
                "'restartPolicy':{'type':'Always'}, | | restart policy Always",
                "'volumes':[{'name':'a'},{'name':'etc','hostPath':{'path':'/etc'}}], | | spec.volumes[1] for the path '/etc'",
                "`` | 'hostNetwork':true | spec.driver for its node's network",
                "`` | 'securityContext':{'privileged':true} | spec.driver for privileged pods",
                "`` | 'labels':{'muster.dev/executor-of':'a-1'} | spec.driver.labels 'muster.dev/executor-of'",
                "`` | 'labels':{'muster.dev/spark-application':'other'} | spec.driver.labels 'muster.dev/spark-application'",
                "'batchSchedulerOptions':{'queue':'nowhere'}, | | names the queue 'nowhere'",
                "'batchSchedulerOptions':{'priorityClassName':'rush'}, | | priority class 'rush'"
            })
    void what_it_may_not_is_refused_by_its_field(String spec, String driver, String refused) {
        String sent = APPLICATION.formatted(spec == null ? "" : spec, driver == null ? "" : driver);
        assertThat(toCreate(Kind.SPARK_APPLICATION, sent).mutated().message()).contains(refused);
    }

    @Test
    void scratch_space_on_the_host_is_the_operators_way_and_taken() {
        String volumes = "'volumes':[{'name':'spark-local-dir-1','hostPath':{'path':'/tmp/x'}}],";
        assertThat(toCreate(Kind.SPARK_APPLICATION, APPLICATION.formatted(volumes, ""))
                        .mutated()
                        .taken())
                .isTrue();
    }

    @Test
    void one_without_a_name_is_refused() {
        assertThat(toCreate(
                                Kind.SPARK_APPLICATION,
                                APPLICATION.formatted("", "").replace("'name':'pi'", "'generateName':'pi-'"))
                        .mutated()
                        .message())
                .contains("has no name");
    }

    @Test
    void a_schedule_is_refused_with_the_way_to_mend_it() {
        assertThat(toCreate(
                                Kind.SCHEDULED_SPARK_APPLICATION,
                                "{'metadata':{'name':'nightly'},'spec':{'schedule':'0 3 * * *'}}")
                        .mutated()
                        .message())
                .contains("'muster import FILE' makes a schedule of Muster of it");
    }

    @Test
    void its_spec_is_kept_by_everybody_but_muster() {
        ObjectNode before = Asked.json(APPLICATION.formatted("'suspend':true,", ""));
        ObjectNode after = Asked.json(APPLICATION.formatted("'suspend':false,", ""));
        assertThat(Asked.toChange(Kind.SPARK_APPLICATION, before, after)
                        .validated()
                        .message())
                .contains("keeps its spec");
        assertThat(Asked.toChange(Kind.SPARK_APPLICATION, before, after)
                        .by(Asked.MUSTER)
                        .validated()
                        .taken())
                .isTrue();
    }
}
