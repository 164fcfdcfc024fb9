package dev.muster.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Teams, queues, pools and priority classes being written. */
@QuarkusTest
class CatalogueTest {

    @Test
    void the_four_priority_classes_are_there_and_routine_is_the_default() {
        var classes = Api.call().get("/api/v1/priorityClasses").jsonPath();

        assertThat(classes.<String>getList("items.metadata.name")).contains("routine", "urgent", "exceptional", "rush");
        assertThat(classes.<String>getList("items.findAll { it.spec.globalDefault }.metadata.name"))
                .containsExactly("routine");
        assertThat(Api.call().delete("/api/v1/priorityClasses/routine").<String>path("code"))
                .isEqualTo("IN_USE");
    }

    @Test
    void a_queue_is_created_left_alone_replaced_and_deleted() {
        String queue = name();
        String path = "queues/" + queue;
        String weight2 = "{'spec':{'weight':2}}";

        assertThat(Api.create(path, weight2).statusCode()).isEqualTo(201);
        Response same = Api.create(path, weight2);
        assertThat(same.statusCode()).isEqualTo(200);
        assertThat(same.header("ETag")).isEqualTo("\"1\"");

        Response blind = Api.create(path, "{'spec':{'weight':3}}");
        assertThat(blind.statusCode()).isEqualTo(428);
        assertThat(blind.<String>path("code")).isEqualTo("ETAG_REQUIRED");
        assertThat(replace(path, "\"1\"", 3).header("ETag")).isEqualTo("\"2\"");
        Response stale = replace(path, "\"1\"", 4);
        assertThat(stale.statusCode()).isEqualTo(412);
        assertThat(stale.<String>path("code")).isEqualTo("ETAG_MISMATCH");
        assertThat(replace(path, "three", 4).<String>path("code")).isEqualTo("INVALID_PARAMETER");
        assertThat(Api.call().get("/api/v1/" + path).<Integer>path("spec.weight"))
                .isEqualTo(3);

        assertThat(Api.call()
                        .header("If-Match", "\"1\"")
                        .delete("/api/v1/" + path)
                        .statusCode())
                .isEqualTo(412);
        assertThat(Api.call()
                        .header("If-Match", "\"2\"")
                        .delete("/api/v1/" + path)
                        .statusCode())
                .isEqualTo(204);
        assertThat(Api.call().get("/api/v1/" + path).statusCode()).isEqualTo(404);
    }

    @Test
    void a_write_that_is_only_validated_changes_nothing() {
        String queue = name();

        Response tried = Api.call().body("{\"spec\":{}}").put("/api/v1/queues/" + queue + "?validateOnly=true");

        assertThat(tried.statusCode()).isEqualTo(200);
        assertThat(Api.call().get("/api/v1/queues/" + queue).statusCode()).isEqualTo(404);
    }

    @Test
    void the_etag_that_a_body_brings_along_counts() {
        String queue = name();
        Api.create("queues/" + queue, "{'spec':{}}");
        String body = "{'metadata':{'name':'%s','etag':'\\\"%d\\\"'},'spec':{'weight':5}}";

        assertThat(Api.create("queues/" + queue, body.formatted(queue, 7)).statusCode())
                .isEqualTo(412);
        assertThat(Api.create("queues/" + queue, body.formatted(queue, 1)).statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_circle_in_the_tree_is_refused() {
        String top = name();
        String below = name();
        Api.create("queues/" + top, "{'spec':{}}");
        Api.create("queues/" + below, "{'spec':{'parent':'%s'}}".formatted(top));

        Response circle = Api.put("queues/" + top, "{'spec':{'parent':'%s'}}".formatted(below));
        Response itself = Api.put("queues/" + top, "{'spec':{'parent':'%s'}}".formatted(top));

        assertThat(circle.statusCode()).isEqualTo(422);
        assertThat(circle.<String>path("errors[0].pointer")).isEqualTo("/spec/parent");
        assertThat(circle.<String>path("errors[0].detail")).contains("circle");
        assertThat(itself.statusCode()).isEqualTo(422);
        assertThat(Api.call().get("/api/v1/queues/" + top).<String>path("spec.parent"))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {'parent':'not-there'}                                  | /spec/parent         | does not exist
            {'guarantee':{'cpu':'2'},'deserved':{'cpu':'1'}}        | /spec                | Too much cpu
            {'deserved':{'cpu':'5'},'capability':{'cpu':'4'}}       | /spec                | Too much cpu
            {'weight':0}                                            | /spec/weight         | 1 to
            {'weight':-1}                                           | /spec/weight         | 1 to
            {'state':'AJAR'}                                        | /spec/state          | OPEN, CLOSED or DRAINING
            {'team':'nobody'}                                       | /spec/team           | no team
            {'capability':{'cpu':'-1'}}                             | /spec/capability/cpu | 0 or more
            {'capability':{'memory':'99999999999999999999Gi'}}      | /spec/capability/memory | at most
            {'wieght':3}                                            | /spec/wieght         | no field
            """)
    void a_queue_that_makes_no_sense_is_refused(String spec, String pointer, String detail) {
        String queue = name();

        Response refused = Api.create("queues/" + queue, "{'spec':%s}".formatted(spec));

        assertThat(refused.statusCode()).isBetween(400, 422);
        assertThat(refused.<String>path("errors[0].pointer")).isEqualTo(pointer);
        assertThat(refused.<String>path("errors[0].detail")).contains(detail);
        assertThat(Api.call().get("/api/v1/queues/" + queue).statusCode()).isEqualTo(404);
    }

    @Test
    void what_is_used_stays() {
        String team = Api.newTeam();
        String id = (String) Api.accepted(team, "waits").get("id");

        Response child = Api.create("queues/" + name(), "{'spec':{'parent':'%s'}}".formatted(team));
        assertThat(child.<String>path("errors[0].pointer")).isEqualTo("/spec/parent");
        for (String used : new String[] {"queues/shared", "queues/" + team, "teams/" + team}) {
            Response kept = Api.call().delete("/api/v1/" + used);
            assertThat(kept.statusCode()).as(used).isEqualTo(409);
            assertThat(kept.<String>path("code")).isEqualTo("IN_USE");
        }
        Api.call().post(Api.JOBS + "/" + id + ":cancel", team);
        assertThat(Api.call().delete("/api/v1/queues/" + team).<String>path("detail"))
                .contains("team");
        assertThat(Api.call().delete("/api/v1/teams/" + team).statusCode()).isEqualTo(204);
        assertThat(Api.call().delete("/api/v1/queues/" + team).statusCode()).isEqualTo(204);
    }

    @Test
    void a_capability_of_nothing_is_kept_and_holds() {
        String team = Api.newTeam();

        Api.put("queues/" + team, "{'spec':{'parent':'shared','capability':{'cpu':'0'}}}");

        assertThat(Api.call().get("/api/v1/queues/" + team).<String>path("spec.capability.cpu"))
                .isEqualTo("0");
        assertThat(Api.submit(team, Api.waiting("never")).<String>path("code")).isEqualTo("QUOTA_IMPOSSIBLE");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {'nodes':-1,'resources':{'cpu':'1'}}                    | /spec/nodes
            {'nodes':1.5,'resources':{'cpu':'1'}}                   | /spec/nodes
            {'nodes':999999,'resources':{'cpu':'1'}}                | /spec/nodes
            {'nodes':1,'resources':{}}                              | /spec/resources
            {'nodes':1,'resources':{'cpu':'1'},'price':'-3'}        | /spec/price
            {'nodes':1,'resources':{'cpu':'1'},'maxPodsPerNode':0}  | /spec/maxPodsPerNode
            {'nodes':1,'resources':{'cpu':'1'},'taints':[{'key':'a','effect':'NoWay'}]} | /spec/taints/0/effect
            {'nodes':1,'resources':{'cpu':'1'},'localProcesses':true} | /spec/localProcesses
            {'nodes':2,'resources':{'cpu':'1'},'warm':[{'nodes':3}]} | /spec/warm/0/nodes
            {'nodes':2,'resources':{'cpu':'1'},'warm':[{'nodes':1,'cron':'7 30 * *','lasts':'2h'}]} | /spec/warm/0/cron
            {'nodes':2,'resources':{'cpu':'1'},'warm':[{'nodes':1,'cron':'@daily'}]} | /spec/warm/0/lasts
            {'nodes':2,'resources':{'cpu':'1'},'warm':[{'nodes':1,'queue':'a','after':'0s'}]} | /spec/warm/0/after
            {'nodes':2,'resources':{'cpu':'1'},'warm':[{'nodes':1,'images':['a',' b']}]} | /spec/warm/0/images/1
            {'nodes':2,'resources':{'cpu':'1'},'warm':[{'nodes':1,'ahead':'soon'}]} | /spec/warm/0/ahead
            {'nodes':2,'resources':{'cpu':'1'},'warm':[{'nodes':1,'ahead':'10m','cron':'@daily','lasts':'2h'}]} | /spec/warm/0/ahead
            """)
    void a_pool_that_makes_no_sense_is_refused(String spec, String pointer) {
        Response refused = Api.create("pools/" + name(), "{'spec':%s}".formatted(spec));

        assertThat(refused.statusCode()).isBetween(400, 422);
        assertThat(refused.<String>path("errors[0].pointer")).isEqualTo(pointer);
    }

    @Test
    void whoever_forgets_the_value_of_a_dry_run_changes_nothing() {
        String path = "/api/v1/queues/" + name();
        Response refused = Api.call().body("{\"spec\":{}}").put(path + "?validateOnly=");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.<String>path("detail")).contains("validateOnly", "true or false");
        assertThat(Api.call().get(path).statusCode()).isEqualTo(404);
    }

    @Test
    void what_a_put_may_make_is_in_the_document() {
        io.restassured.path.json.JsonPath document =
                Api.call().get("/q/openapi?format=json").jsonPath();
        for (String made : java.util.List.of("queues", "teams", "pools", "schedules")) {
            assertThat(document.<java.util.Map<String, ?>>get(
                            "paths['/api/v1/%s/{name}'].put.responses".formatted(made)))
                    .as(made)
                    .containsKeys("200", "201");
        }
    }

    @Test
    void a_body_for_another_name_or_with_what_would_be_lost_is_refused() {
        Response other = Api.create("queues/" + name(), "{'metadata':{'name':'else'},'spec':{}}");
        Response labels = Api.create("teams/" + name(), "{'metadata':{'labels':{'a':'b'}},'spec':{}}");

        assertThat(other.<String>path("errors[0].pointer")).isEqualTo("/metadata/name");
        assertThat(labels.<String>path("errors[0].pointer")).isEqualTo("/metadata/labels");
        assertThat(Api.create("queues/Not_A_Name", "{'spec':{}}").statusCode()).isEqualTo(400);
    }

    private static Response replace(String path, String etag, int weight) {
        return Api.call()
                .header("If-Match", etag)
                .body("{\"spec\":{\"weight\":%d}}".formatted(weight))
                .put("/api/v1/" + path);
    }

    private static String name() {
        return "q" + UUID.randomUUID().toString().substring(0, 8);
    }
}
