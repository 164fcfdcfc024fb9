package dev.muster.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.access.Token;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;

/** The service as a caller with the token sees it, with what most tests need in it. */
final class Api {
    static final String JOBS = "/api/v1/teams/{team}/jobs";

    private Api() {}

    static String token() {
        try {
            return Files.readString(
                            Path.of(ConfigProvider.getConfig().getValue("muster.data", String.class), Token.FILE))
                    .strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static RequestSpecification call() {
        return given().header("Authorization", "Bearer " + token()).contentType(ContentType.JSON);
    }

    /** As a browser asks for a page. */
    static RequestSpecification browser(String token) {
        return given().header("Authorization", "Bearer " + token).accept("text/html, */*");
    }

    /** As a browser sends a form; where that leads is in the answer. */
    static RequestSpecification form(String token) {
        return browser(token).redirects().follow(false).contentType("application/x-www-form-urlencoded");
    }

    /** The page at this address, which there is. */
    static String page(String token, String path) {
        Response answer = browser(token).get(path);
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        return answer.asString();
    }

    /** The token of somebody who has one duty. */
    static String tokenOf(String subject, String duty, String scope) {
        call().body(quoted("{'subject':'%s','duty':'%s','scope':'%s'}".formatted(subject, duty, scope)))
                .post("/api/v1/grants")
                .then()
                .statusCode(201);
        return tokenOf(subject);
    }

    static String tokenOf(String subject) {
        return call().body(quoted("{'label':'test','subject':'%s'}".formatted(subject)))
                .post("/api/v1/tokens")
                .then()
                .statusCode(201)
                .extract()
                .path("token");
    }

    static Response put(String path, String json) {
        return call().header("If-Match", "*").body(quoted(json)).put("/api/v1/" + path);
    }

    static Response create(String path, String json) {
        return call().body(quoted(json)).put("/api/v1/" + path);
    }

    static Response submit(String team, String json) {
        return call().body(quoted(json)).post(JOBS, team);
    }

    /** A team of its own with a queue of the same name, below a parent that all share, and nodes enough for small gangs. */
    static String newTeam() {
        String name = "t" + UUID.randomUUID().toString().substring(0, 8);
        create("pools/shared", "{'spec':{'nodes':40,'resources':{'cpu':'8','memory':'32Gi'}}}");
        create("queues/shared", "{'spec':{}}");
        created(create("queues/" + name, "{'spec':{'parent':'shared','capability':{'cpu':'200'}}}"));
        created(create("teams/" + name, "{'spec':{'queue':'%s','secrets':['allowed']}}".formatted(name)));
        return name;
    }

    /** A job that waits: it may not start before next century. */
    static String waiting(String name) {
        return "{'metadata':{'name':'%s','labels':{'app':'test'}},'spec':{'notBefore':'2150-01-01T00:00:00Z','roles':[%s]}}"
                .formatted(name, "{'name':'worker','count':2,'resources':{'cpu':'1','memory':'1Gi'}}");
    }

    static Map<String, Object> accepted(String team, String name) {
        return submit(team, waiting(name)).then().statusCode(201).extract().path("metadata");
    }

    static int count(String team) {
        return call().get(JOBS + "?pageSize=1000", team)
                .then()
                .statusCode(200)
                .extract()
                .<java.util.List<?>>path("items")
                .size();
    }

    static String quoted(String json) {
        return json.replace('\'', '"');
    }

    private static void created(Response response) {
        response.then().statusCode(201);
    }

    /** By the JDK's own client: bodies that are large or strange. */
    static HttpResponse<String> post(URI service, String path, byte[] body) {
        HttpRequest request = HttpRequest.newBuilder(service.resolve(path))
                .header("Authorization", "Bearer " + token())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        try {
            return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
