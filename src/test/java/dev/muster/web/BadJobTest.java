package dev.muster.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each bad job is answered with a problem that names the place, and nothing is there afterwards. */
@QuarkusTest
class BadJobTest {
    @TestHTTPResource("/")
    URI service;

    private static String team;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'resources':{'cpu':'-1'}                                          | VALIDATION | /spec/roles/0/resources/cpu | 0 or more
            'resources':{'cpu':'0'}                                           | VALIDATION | /spec/roles/0/resources/cpu | more than 0
            'resources':{'memory':'9223372036854775808'}                      | VALIDATION | /spec/roles/0/resources/memory | at most
            'resources':{'memory':'1e999'}                                    | VALIDATION | /spec/roles/0/resources/memory | at most
            'resources':{'cpu':'1','nvidia.com/gpu':'0.5'}                    | VALIDATION | /spec/roles/0/resources/nvidia.com~1gpu | whole number
            'resources':{'memory':'100m'}                                     | VALIDATION | /spec/roles/0/resources/memory | whole number
            'resources':{'cpu':'0.0001'}                                      | VALIDATION | /spec/roles/0/resources/cpu | thousandths
            'resources':{'cpu':'lots'}                                        | VALIDATION | /spec/roles/0/resources/cpu | quantity
            'resources':{'c p u':'1'}                                         | VALIDATION | /spec/roles/0/resources/c p u | key
            'resources':{}                                                    | VALIDATION | /spec/roles/0/resources | at least one
            'resources':{'cpu':'1'},'count':0                                 | VALIDATION | /spec/roles/0/count | 1 to 10000
            'resources':{'cpu':'1'},'count':-3                                | VALIDATION | /spec/roles/0/count | 1 to 10000
            'resources':{'cpu':'1'},'count':2.5                               | MALFORMED  | /spec/roles/0/count | whole number
            'resources':{'cpu':'1'},'count':99999999999                       | MALFORMED  | /spec/roles/0/count | 32 bits
            'resources':{'cpu':'1'},'min':3,'max':2                           | VALIDATION | /spec/roles/0/max | at least min
            'resources':{'cpu':'1'},'count':2,'min':1                         | VALIDATION | /spec/roles/0/count | not both
            'resources':{'cpu':'1'},'count':2,'leader':true                   | VALIDATION | /spec/roles/0/leader | one pod
            'resources':{'cpu':'1'},'env':{'1A':'x'}                          | VALIDATION | /spec/roles/0/env/1A | variable
            'resources':{'cpu':'1'},'env':{'MUSTER_JOB':'x'}                  | VALIDATION | /spec/roles/0/env/MUSTER_JOB | given by the service
            'resources':{'cpu':'1'},'labels':{'muster.dev/job':'x'}           | VALIDATION | /spec/roles/0/labels/muster.dev~1job | kept for the platform
            'resources':{'cpu':'1'},'labels':{'a':'no spaces'}                | VALIDATION | /spec/roles/0/labels/a | label value
            'resources':{'cpu':'1'},'imgae':'x'                               | UNKNOWN_FIELD | /spec/roles/0/imgae | no field
            'resources':{'cpu':'1'},'secretEnv':[{'name':'A','secret':'others','key':'k'}] | VALIDATION | /spec/roles/0/secretEnv/0/secret | may not use
            'resources':{'cpu':'1'},'volumes':[{'name':'v','mountPath':'/a'}] | VALIDATION | /spec/roles/0/volumes/0 | exactly one
            'resources':{'cpu':'1'},'volumes':[{'name':'v','mountPath':'/../a','emptyDir':{}}] | VALIDATION | /spec/roles/0/volumes/0/mountPath | absolute
            'resources':{'cpu':'1'},'tolerations':[{'operator':'Maybe','key':'a'}] | VALIDATION | /spec/roles/0/tolerations/0/operator | one of
            'resources':{'cpu':'1'},'nodeAffinity':{'required':[{'matchExpressions':[]}]} | VALIDATION | /spec/roles/0/nodeAffinity/required/0/matchExpressions | at least one
            'resources':{'cpu':'1'},'nodeAffinity':{'required':[{'matchExpressions':[{'key':'zone','operator':'In','values':['mars']}]}]} | PLACEMENT_IMPOSSIBLE | /spec/roles | matches 0 of
            'resources':{'cpu':'9'}                                           | PLACEMENT_IMPOSSIBLE | /spec/roles | no single one
            'resources':{'cpu':'1','example.com/fpga':'1'}                    | PLACEMENT_IMPOSSIBLE | /spec/roles | no node has
            'resources':{'cpu':'8'},'count':26                                | QUOTA_IMPOSSIBLE | /spec/queue | may hold 200
            'resources':{'cpu':'1','memory':'32Gi'},'count':41,'nodeAffinity':{'required':[{'matchExpressions':[{'key':'muster.dev/pool','operator':'In','values':['shared']}]}]} | PLACEMENT_IMPOSSIBLE | /spec/roles | fit 40
            """)
    void a_role_that_makes_no_sense(String role, String code, String pointer, String detail) {
        refuses("{'metadata':{'name':'x'},'spec':{'roles':[{'name':'w',%s}]}}".formatted(role), code, pointer, detail);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                                                            | VALIDATION | /metadata | name
            {'metadata':{'name':'x'},'spec':{}}                                           | VALIDATION | /spec/roles | at least one role
            {'metadata':{},'spec':{'roles':[ROLE]}}                                       | VALIDATION | /metadata/name | name
            {'metadata':{'name':'Big Name'},'spec':{'roles':[ROLE]}}                      | VALIDATION | /metadata/name | a-z
            {'metadata':{'name':'x','team':'other'},'spec':{'roles':[ROLE]}}              | VALIDATION | /metadata/team | the path says
            {'kind':'Queue','metadata':{'name':'x'},'spec':{'roles':[ROLE]}}              | VALIDATION | /kind | Job
            {'metadata':{'name':'x'},'spec':{'roles':[ROLE,ROLE]}}                        | VALIDATION | /spec/roles/1/name | two roles
            {'metadata':{'name':'x'},'spec':{'queue':'nowhere','roles':[ROLE]}}           | VALIDATION | /spec/queue | no queue 'nowhere'
            {'metadata':{'name':'x'},'spec':{'queue':'shared','roles':[ROLE]}}            | VALIDATION | /spec/queue | leaves
            {'metadata':{'name':'x'},'spec':{'priorityClass':'urgnt','roles':[ROLE]}}     | VALIDATION | /spec/priorityClass | no priority class
            {'metadata':{'name':'x'},'spec':{'maxRunTime':'-5s','roles':[ROLE]}}          | VALIDATION | /spec/maxRunTime | duration
            {'metadata':{'name':'x'},'spec':{'maxRunTime':'0s','roles':[ROLE]}}           | VALIDATION | /spec/maxRunTime | more than 0
            {'metadata':{'name':'x'},'spec':{'maxRunTime':'999999d','roles':[ROLE]}}      | VALIDATION | /spec/maxRunTime | ten years
            {'metadata':{'name':'x'},'spec':{'notBefore':'9999-01-01T00:00:00Z','roles':[ROLE]}} | VALIDATION | /spec/notBefore | 2200
            {'metadata':{'name':'x'},'spec':{'retry':{'max':101},'roles':[ROLE]}}         | VALIDATION | /spec/retry/max | 0 to 100
            {'metadata':{'name':'x'},'spec':{'retry':{'rules':[{'action':'RETRY','change':{}}]},'roles':[ROLE]}} | VALIDATION | /spec/retry/rules/0/change | avoid, memory or spot
            {'metadata':{'name':'x'},'spec':{'retry':{'rules':[{'action':'FAIL','change':{'memory':2}}]},'roles':[ROLE]}} | VALIDATION | /spec/retry/rules/0/change | no next attempt
            {'metadata':{'name':'x'},'spec':{'retry':{'rules':[{'action':'RETRY','change':{'memory':1}}]},'roles':[ROLE]}} | VALIDATION | /spec/retry/rules/0/change/memory | 1.01 to 4
            {'metadata':{'name':'x'},'spec':{'retry':{'rules':[{'action':'RETRY','change':{'avoid':'RACK'}}]},'roles':[ROLE]}} | VALIDATION | /spec/retry/rules/0/change/avoid | NODE or POOL
            {'metadata':{'name':'x'},'spec':{'retry':{'rules':[{'action':'RETRY','change':{'spot':'first'}}]},'roles':[ROLE]}} | VALIDATION | /spec/retry/rules/0/change/spot | never
            {'metadata':{'name':'x'},'spec':{'retry':{'rules':[{'action':'RETRY','when':{'lost':'IMAGE'}}]},'roles':[ROLE]}} | VALIDATION | /spec/retry/rules/0/when/lost | one of
            {'metadata':{'name':'x'},'spec':{'retry':{'rules':[{'action':'RETRY','when':{'category':'PREEMPTED'}}]},'roles':[ROLE]}} | VALIDATION | /spec/retry/rules/0/when/category | one of
            {'metadata':{'name':'x'},'spec':{'successPolicy':{'roles':['boss']},'roles':[ROLE]}} | VALIDATION | /spec/successPolicy/roles/0 | no role
            {'metadata':{'name':'x'},'spec':{'failurePolicy':{'toleratedFailures':{'w':1}},'roles':[ROLE]}} | VALIDATION | /spec/failurePolicy/toleratedFailures/w | 0 to 0
            {'metadata':{'name':'x','name':'y'},'spec':{'roles':[ROLE]}}                  | MALFORMED | /metadata/name | Duplicate
            {'metadata':{'name':'x'},'spec':{'roles':[ROLE]}                              | MALFORMED | `` | ends in the middle
            """)
    void a_job_that_makes_no_sense(String job, String code, String pointer, String detail) {
        String role = "{'name':'w','resources':{'cpu':'1'}}";
        refuses(job.replace("ROLE", role), code, pointer, detail);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'version':'2.4.8'                                                 | VALIDATION | /spec/spark/version | 3.0 or newer
            'version':'three'                                                 | VALIDATION | /spec/spark/version | version of Spark
            'type':'Scalla'                                                   | VALIDATION | /spec/spark/type | Java, Scala, Python or R
            'type':'Python','mainClass':'com.acme.Job'                        | VALIDATION | /spec/spark/mainClass | no main class
            'mainClass':'com acme'                                            | VALIDATION | /spec/spark/mainClass | whole name
            'memoryOverheadFactor':'ten'                                      | VALIDATION | /spec/spark/memoryOverheadFactor | a part
            'jars':['a,b']                                                    | VALIDATION | /spec/spark/jars/0 | without blanks
            'packages':['postgresql']                                         | VALIDATION | /spec/spark/packages/0 | group:artifact:version
            'driver':{'memory':'1Gi'}                                         | VALIDATION | /spec/spark/driver/memory | as Spark writes it
            'driver':{'memory':'0.5g'}                                        | VALIDATION | /spec/spark/driver/memory | whole number
            'driver':{'memory':'512'},'executor':{'memory':'1000b'}           | VALIDATION | /spec/spark/executor/memory | 1m to
            'driver':{'instances':2}                                          | UNKNOWN_FIELD | /spec/spark/driver/instances | no field
            'driver':{'cores':0}                                              | VALIDATION | /spec/spark/driver/cores | 1 to 1024
            'driver':{'coreRequest':'0.0001'}                                 | VALIDATION | /spec/spark/driver/coreRequest | thousandths
            'driver':{'env':{'MUSTER_JOB':'x'}}                               | VALIDATION | /spec/spark/driver/env/MUSTER_JOB | given by the service
            'driver':{'volumes':[{'name':'v','mountPath':'/a','hostPath':{'path':'/'}}]} | UNKNOWN_FIELD | /spec/spark/driver/volumes/0/hostPath | no field
            'executor':{'instances':0}                                        | VALIDATION | /spec/spark/executor/instances | 1 to 10000
            'executor':{'instances':2,'max':3}                                | VALIDATION | /spec/spark/executor/instances | not both
            'executor':{'min':2}                                              | VALIDATION | /spec/spark/executor/max | no end
            'executor':{'min':5,'max':3}                                      | VALIDATION | /spec/spark/executor/min | 0 to 3
            'executor':{'min':2,'initial':1,'max':3}                          | VALIDATION | /spec/spark/executor/initial | 2 to 3
            'executor':{'pysparkMemory':'1g'}                                 | VALIDATION | /spec/spark/executor/pysparkMemory | only Python
            'executor':{'spot':'always'}                                      | VALIDATION | /spec/spark/executor/spot | never
            'executor':{'cores':9}                                            | PLACEMENT_IMPOSSIBLE | /spec/roles | no single one
            'conf':{'spark.executor.instances':'3'}                           | VALIDATION | /spec/spark/conf/spark.executor.instances | worked out by Muster
            'conf':{'spark.executorEnv.A':'3'}                                | VALIDATION | /spec/spark/conf/spark.executorEnv.A | worked out by Muster
            'conf':{'spark.master':'local'}                                   | VALIDATION | /spec/spark/conf/spark.master | worked out by Muster
            'conf':{'sql.shuffle.partitions':'3'}                             | VALIDATION | /spec/spark/conf/sql.shuffle.partitions | key of Spark
            'version':'3.1.3','executor':{'instances':9},'conf':{'spark.kubernetes.allocation.batch.size':'5'} | VALIDATION | /spec/spark/conf/spark.kubernetes.allocation.batch.size | the gang's 9
            """)
    void a_spark_application_that_makes_no_sense(String spark, String code, String pointer, String detail) {
        String version = spark.contains("'version'") ? "" : "'version':'3.5.6',";
        refuses(
                "{'metadata':{'name':'x'},'spec':{'spark':{%s'mainApplicationFile':'a.jar',%s}}}"
                        .formatted(version, spark),
                code,
                pointer,
                detail);
    }

    @Test
    void a_spark_application_without_its_file_and_one_with_roles_of_its_own() {
        refuses(
                "{'metadata':{'name':'x'},'spec':{'spark':{'version':'3.5.6'}}}",
                "VALIDATION",
                "/spec/spark/mainApplicationFile",
                "the jar");
        refuses(
                "{'metadata':{'name':'x'},'spec':{'roles':[{'name':'w','resources':{'cpu':'1'}}],"
                        + "'spark':{'version':'3.5.6','mainApplicationFile':'a.jar'}}}",
                "VALIDATION",
                "/spec/roles",
                "driver and executor");
    }

    @Test
    void a_name_of_a_megabyte() {
        refuses(
                "{'metadata':{'name':'%s'},'spec':{'roles':[]}}".formatted("x".repeat(1_000_000)),
                "MALFORMED",
                "/metadata/name",
                "262144");
        refuses(
                "{'metadata':{'name':'%s'},'spec':{'roles':[{'name':'w','resources':{'cpu':'1'}}]}}"
                        .formatted("x".repeat(100_000)),
                "VALIDATION",
                "/metadata/name",
                "100000 characters");
    }

    @Test
    void json_that_is_very_deep() {
        HttpResponse<String> refused = Api.post(
                service,
                "/api/v1/teams/%s/jobs".formatted(team()),
                "{\"spec\":".repeat(10_000).getBytes(StandardCharsets.UTF_8));

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("MALFORMED", "nesting depth");
        assertThat(Api.count(team())).isZero();
    }

    @Test
    void bytes_that_are_not_utf_8() {
        byte[] bytes = "{\"metadata\":{\"name\":\"x?\"}}".getBytes(StandardCharsets.ISO_8859_1);
        bytes[22] = (byte) 0xFF;

        Api.call()
                .body(bytes)
                .post(Api.JOBS, team())
                .then()
                .statusCode(400)
                .body("code", org.hamcrest.Matchers.is("MALFORMED"))
                .body("detail", org.hamcrest.Matchers.containsString("byte 22"));
        assertThat(Api.count(team())).isZero();
    }

    @Test
    void all_faults_of_all_jobs_at_once() {
        Response response = Api.call()
                .body(
                        Api.quoted(
                                "{'jobs':[{'metadata':{'name':'A'},'spec':{'maxRunTime':'x','roles':[]}},{'metadata':{'name':'ok'},'spec':{'queue':'UP','roles':[{'name':'w','resources':{'cpu':'-1'}}]}}]}"))
                .post(Api.JOBS + ":batchCreate", team());

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.jsonPath().<String>getList("errors.pointer"))
                .containsExactlyInAnyOrder(
                        "/jobs/0/metadata/name",
                        "/jobs/0/spec/maxRunTime",
                        "/jobs/0/spec/roles",
                        "/jobs/1/spec/queue",
                        "/jobs/1/spec/roles/0/resources/cpu");
        assertThat(Api.count(team())).isZero();
    }

    @Test
    void one_hundred_thousand_jobs_in_one_request() {
        String job =
                "{\"metadata\":{\"name\":\"x\"},\"spec\":{\"roles\":[{\"name\":\"w\",\"resources\":{\"cpu\":\"1\"}}]}}";
        String batch =
                IntStream.range(0, 100_000).mapToObj(i -> job).collect(Collectors.joining(",", "{\"jobs\":[", "]}"));

        HttpResponse<String> refused = Api.post(
                service, "/api/v1/teams/%s/jobs:batchCreate".formatted(team()), batch.getBytes(StandardCharsets.UTF_8));

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("100000 jobs", "at most 10000");
        assertThat(Api.count(team())).isZero();
    }

    @Test
    void a_body_above_the_limit_is_refused_before_it_is_read() throws Exception {
        URI jobs = URI.create(service + "api/v1/teams/" + team() + "/jobs");
        try (Socket socket = new Socket(jobs.getHost(), jobs.getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(("POST %s HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\n"
                                    + "Content-Type: application/json\r\nContent-Length: %d\r\n\r\n{")
                            .formatted(jobs.getPath(), jobs.getAuthority(), Api.token(), (64 << 20) + 1)
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
                    .lines()
                    .takeWhile(line -> !line.isEmpty())
                    .collect(Collectors.joining("\n"));
            assertThat(answer).startsWith("HTTP/1.1 413").contains("application/problem+json");
        }
    }

    @Test
    void no_body_and_another_type_of_body() {
        assertThat(Api.call().post(Api.JOBS, team()).<String>path("code")).isEqualTo("MALFORMED");
        Response xml = Api.call().contentType("application/xml").body("<job/>").post(Api.JOBS, team());
        assertThat(xml.statusCode()).isEqualTo(415);
        assertThat(xml.<String>path("code")).isEqualTo("UNSUPPORTED_MEDIA_TYPE");
    }

    @Test
    void a_team_that_is_not_there() {
        Response response = Api.submit("nobody-here", Api.waiting("x"));

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.<String>path("detail")).contains("no team 'nobody-here'");
    }

    @Test
    void a_queue_that_is_closed_or_of_another_team() {
        String other = Api.newTeam();
        Api.put("queues/" + other, "{'spec':{'parent':'shared','team':'%s'}}".formatted(other))
                .then()
                .statusCode(200);
        refuses(
                Api.waiting("x").replace("'notBefore'", "'queue':'%s','notBefore'".formatted(other)),
                "VALIDATION",
                "/spec/queue",
                "for team");
        Api.put("queues/" + other, "{'spec':{'parent':'shared','state':'CLOSED'}}")
                .then()
                .statusCode(200);
        refuses(
                Api.waiting("x").replace("'notBefore'", "'queue':'%s','notBefore'".formatted(other)),
                "VALIDATION",
                "/spec/queue",
                "CLOSED");
    }

    private static void refuses(String job, String code, String pointer, String detail) {
        Response response = Api.submit(team(), job);

        assertThat(response.contentType()).startsWith("application/problem+json");
        assertThat(response.<String>path("code")).as(response.asString()).isEqualTo(code);
        assertThat(response.jsonPath().<String>getList("errors.pointer")).anyMatch(found -> found.startsWith(pointer));
        assertThat(response.jsonPath().<String>getList("errors.detail")).anyMatch(found -> found.contains(detail));
        assertThat(response.<String>path("traceId")).hasSize(32);
        assertThat(Api.count(team())).isZero();
    }

    private static synchronized String team() {
        if (team == null) {
            team = Api.newTeam();
        }
        return team;
    }
}
