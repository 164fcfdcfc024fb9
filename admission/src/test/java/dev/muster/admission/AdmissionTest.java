package dev.muster.admission;

import static dev.muster.admission.Asked.toCreate;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.admission.Asked.Answered;
import org.junit.jupiter.api.Test;

/** Who is left alone, and what those get who are not. */
class AdmissionTest {
    private static final String JOB_POD =
            "{'metadata':{'name':'p',%s'ownerReferences':[{'apiVersion':'%s','kind':'%s','controller':true}]},'spec':{%s}}";

    @Test
    void a_job_is_held_in_its_teams_queue_with_its_teams_class() {
        JsonNode job = toCreate(
                        Kind.JOB,
                        "{'metadata':{'generateName':'sweep-'},'spec':{'parallelism':4,'template':{'spec':{'priority':0,'preemptionPolicy':'PreemptLowerPriority','containers':[]}}}}")
                .mutated()
                .object();
        assertThat(job.at("/spec/suspend").asBoolean()).isTrue();
        assertThat(job.at("/metadata/labels/muster.dev~1queue").asText()).isEqualTo("vision-batch");
        assertThat(job.at("/metadata/annotations/muster.dev~1submitted-by").asText())
                .isEqualTo(Asked.USER);
        JsonNode pod = job.at("/spec/template/spec");
        assertThat(pod.path("schedulerName").asText()).isEqualTo("volcano");
        assertThat(pod.path("priorityClassName").asText()).isEqualTo("routine");
        assertThat(pod.has("priority") || pod.has("preemptionPolicy")).isFalse();
    }

    @Test
    void roles_get_what_their_team_gives_them() {
        JsonNode job = toCreate(Kind.VOLCANO_JOB, """
                        {'metadata':{'name':'v'},'spec':{'queue':'default','tasks':[
                          {'name':'trainer','replicas':2,'template':{'spec':{'affinity':{'nodeAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':
                            {'nodeSelectorTerms':[{'matchExpressions':[{'key':'zone','operator':'In','values':['a']}]}]}}}}}},
                          {'name':'reader','replicas':1,'template':{'spec':{'tolerations':[{'key':'x','operator':'Exists'}]}}}]}}""").mutated().object();
        assertThat(job.at("/spec/queue").asText()).isEqualTo("vision-batch");
        JsonNode terms = job.at(
                "/spec/tasks/0/template/spec/affinity/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution/nodeSelectorTerms");
        assertThat(terms).hasSize(2);
        assertThat(terms.findValuesAsText("key"))
                .containsExactly(
                        "zone", "kubernetes.io/arch", "accelerator", "zone", "kubernetes.io/arch", "accelerator");
        assertThat(job.at("/spec/tasks/1/template/spec/tolerations").findValuesAsText("key"))
                .containsExactly("x", "spot");
        assertThat(job.at("/spec/tasks/1/template/spec/schedulingGates/0/name").asText())
                .isEqualTo("muster.dev/queued");
    }

    @Test
    void pods_of_a_launched_job_pass_and_forged_ones_do_not() {
        String marked = "'labels':{'muster.dev/attempt':'j-1'},";
        String job = JOB_POD.formatted(marked, "batch/v1", "Job", "");
        Answered passed = toCreate(Kind.POD, job).by(Asked.JOB_CONTROLLER).mutated();
        assertThat(passed.taken()).isTrue();
        assertThat(passed.patch()).isEmpty();
        assertThat(toCreate(Kind.POD, job).mutated().message()).contains("which only Muster writes");
        String unmarked = JOB_POD.formatted("", "batch/v1", "Job", "");
        assertThat(toCreate(Kind.POD, unmarked)
                        .by(Asked.JOB_CONTROLLER)
                        .mutated()
                        .object()
                        .at("/spec/schedulingGates"))
                .hasSize(1);
        String replicas = JOB_POD.formatted("", "apps/v1", "StatefulSet", "");
        assertThat(toCreate(Kind.POD, replicas)
                        .by(Asked.JOB_CONTROLLER)
                        .mutated()
                        .object()
                        .at("/spec/schedulingGates"))
                .hasSize(1);
        String daemon = JOB_POD.formatted("", "apps/v1", "DaemonSet", "'nodeName':'n'");
        assertThat(toCreate(Kind.POD, daemon)
                        .by("system:serviceaccount:kube-system:daemon-set-controller")
                        .mutated()
                        .patch())
                .isEmpty();
    }

    @Test
    void a_notebook_in_a_hubs_namespace_is_charged_to_the_team_that_it_names() {
        String notebook =
                "{'metadata':{'name':'jupyter-ada','labels':{'muster.dev/team':'%s'}},'spec':{'containers':[]}}";
        Answered held =
                toCreate(Kind.POD, notebook.formatted("vision")).in("hub").mutated();
        assertThat(held.object().at("/metadata/labels/muster.dev~1queue").asText())
                .isEqualTo("vision-batch");
        assertThat(held.object().at("/spec/schedulingGates/0/name").asText()).isEqualTo("muster.dev/queued");
        assertThat(held.again().validated().taken()).isTrue();
        assertThat(toCreate(Kind.POD, notebook.formatted("nobody"))
                        .in("hub")
                        .mutated()
                        .message())
                .contains("says that it is of team 'nobody', and there is none");
        assertThat(toCreate(Kind.POD, notebook.formatted("nlp")).mutated().message())
                .as("another team's namespace")
                .contains("in the namespace of team 'vision' and says that it is of team 'nlp'");
        assertThat(toCreate(Kind.JOB, notebook.formatted("nlp"))
                        .in("hub")
                        .mutated()
                        .taken())
                .as("pods only")
                .isFalse();
    }

    @Test
    void muster_and_other_kinds_are_left_alone() {
        assertThat(toCreate(Kind.POD, "{'spec':{}}").by(Asked.MUSTER).mutated().patch())
                .isEmpty();
        Answered other = new Answered(
                Asked.json("{'object':{}}"),
                Asked.read(Asked.ADMISSION.mutate(
                        new String(toCreate(Kind.POD, "{}").body(), java.nio.charset.StandardCharsets.UTF_8)
                                .replace("\"pods\"", "\"configmaps\"")
                                .getBytes(java.nio.charset.StandardCharsets.UTF_8),
                        Asked.CATALOGUE)));
        assertThat(other.taken()).isTrue();
        assertThat(other.patch()).isEmpty();
    }

    @Test
    void a_lone_pod_is_a_gang_of_one_whatever_its_name_will_be() {
        JsonNode named = toCreate(Kind.POD, "{'metadata':{'name':'one'},'spec':{}}")
                .mutated()
                .object();
        assertThat(named.at("/metadata/annotations/scheduling.k8s.io~1group-name")
                        .asText())
                .isEqualTo("pod-one");
        JsonNode unnamed = toCreate(Kind.POD, "{'metadata':{'generateName':'web-'},'spec':{}}")
                .mutated()
                .object();
        assertThat(unnamed.at("/metadata/annotations/muster.dev~1gang-name").asText())
                .matches("pod-web-[0-9a-f]+");
        assertThat(unnamed.at("/metadata/annotations/muster.dev~1gang-size").asText())
                .isEqualTo("1");
        assertThat(unnamed.at("/metadata/annotations/volcano.sh~1preemptable").asText())
                .isEqualTo("false");
    }

    @Test
    void pods_of_a_users_pod_group_are_its_gang() {
        JsonNode pod = toCreate(
                        Kind.POD,
                        "{'metadata':{'name':'a','annotations':{'scheduling.k8s.io/group-name':'mine'}},'spec':{}}")
                .mutated()
                .object();
        assertThat(pod.at("/metadata/annotations/muster.dev~1gang-name").asText())
                .isEqualTo("mine");
        assertThat(pod.at("/metadata/annotations").has("muster.dev/gang-size")).isFalse();
    }

    @Test
    void executors_of_spark_that_say_how_many_they_are_form_a_gang() {
        JsonNode pod = toCreate(
                        Kind.POD,
                        "{'metadata':{'name':'e1','labels':{'spark-role':'executor','spark-app-selector':'spark-1a'},'annotations':{'muster.dev/gang-size':'8'}},'spec':{}}")
                .mutated()
                .object();
        assertThat(pod.at("/metadata/annotations/muster.dev~1gang-name").asText())
                .isEqualTo("spark-1a-executor");
        assertThat(pod.at("/metadata/labels/muster.dev~1role").asText()).isEqualTo("executor");
    }

    @Test
    void an_executor_of_an_attempt_is_held_in_its_group_and_is_no_job_of_its_own() {
        JsonNode pod = toCreate(
                        Kind.POD,
                        "{'metadata':{'name':'e1','labels':{'spark-role':'executor','muster.dev/executor-of':'01b-1'}},'spec':{}}")
                .mutated()
                .object();
        assertThat(pod.at("/metadata/annotations/scheduling.k8s.io~1group-name").asText())
                .isEqualTo("01b-1");
        assertThat(pod.at("/metadata/annotations").has("muster.dev/gang-name")).isFalse();
        assertThat(pod.at("/metadata/labels").has("muster.dev/queue")).isFalse();
        assertThat(pod.at("/spec/schedulingGates/0/name").asText()).isEqualTo("muster.dev/queued");
        assertThat(pod.at("/spec/schedulerName").asText()).isEqualTo("volcano");
    }

    @Test
    void a_dry_run_is_answered_like_a_run() {
        Asked asked = toCreate(Kind.POD, "{'metadata':{'name':'one'},'spec':{}}");
        JsonNode run = asked.mutated().patch();
        assertThat(asked.dry().mutated().patch()).isEqualTo(run);
    }
}
