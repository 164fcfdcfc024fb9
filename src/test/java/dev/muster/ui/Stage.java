package dev.muster.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.ServiceProcess;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The packaged service that all browser tests share: the first starts it, it ends after the last. */
final class Stage implements BeforeAllCallback {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static ServiceProcess service;

    @Override
    public void beforeAll(ExtensionContext context) {
        chromium();
        context.getRoot()
                .getStore(ExtensionContext.Namespace.create(Stage.class))
                .computeIfAbsent(Running.class, key -> new Running());
    }

    /** Skips the tests where there is none. */
    static Path chromium() {
        Path chromium = Browser.executable().orElse(null);
        Assumptions.assumeTrue(
                chromium != null,
                "No Chromium here: `apt-get install chromium`, or its path in MUSTER_CHROMIUM, runs the browser tests");
        return chromium;
    }

    static ServiceProcess service() {
        return service;
    }

    static void put(String path, String json) {
        put(service, path, json);
    }

    static void put(ServiceProcess service, String path, String json) {
        assertThat(send(service, "PUT", "/api/v1/" + path, json).statusCode())
                .as(path)
                .isEqualTo(201);
    }

    /** One of everything that an address of a page may name, of that team, its queue and its schedule of the same name. */
    static Map<String, String> things(String name) {
        String job = post(
                        "/api/v1/teams/" + name + "/jobs",
                        "{'metadata':{'name':'%s-1'},'spec':{'roles':[{'name':'w','command':['true'],'resources':{'cpu':'100m'}}]}}"
                                .formatted(name))
                .path("metadata")
                .path("id")
                .asText();
        put("teams/%s/templates/%s".formatted(name, name), "{'spec':{'job':{'priorityClass':'routine'}}}");
        String request = post(
                        "/api/v1/quotaRequests",
                        "{'team':'%s','queue':'%s','deserved':{'cpu':'1'},'why':'more'}".formatted(name, name))
                .path("id")
                .asText();
        return Map.of(
                "job",
                job,
                "name",
                name,
                "queue",
                name,
                "schedule",
                name,
                "team",
                name,
                "template",
                name,
                "request",
                request,
                "rehearsal",
                rehearsal());
    }

    /** There is one at a time, so that it is taken back at once. */
    private static String rehearsal() {
        HttpResponse<String> asked = send(service, "POST", "/api/v1/policy/rehearsals", "{'spec':{'maxLaunches':7}}");
        String id;
        try {
            id = JSON.readTree(asked.body()).path("id").asText();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        assertThat(id).as(asked.body()).isNotEmpty();
        send(service, "DELETE", "/api/v1/policy/rehearsals/" + id, "");
        return id;
    }

    /** What the service answers to something that is made: quotes may be single ones. */
    static JsonNode post(String path, String json) {
        return post(service, path, json);
    }

    static JsonNode post(ServiceProcess service, String path, String json) {
        HttpResponse<String> answer = send(service, "POST", path, json);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static HttpResponse<String> send(ServiceProcess service, String method, String path, String json) {
        try {
            return service.send(method, path, json.replace('\'', '"'));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static final class Running implements AutoCloseable {
        private Running() {
            service = ServiceProcess.create()
                    .with("muster.local-processes.allowed", "true")
                    .start();
            put(
                    "pools/local",
                    "{'spec':{'nodes':1,'resources':{'cpu':'8','memory':'8Gi'},'localProcesses':true,'price':'0.40'}}");
        }

        @Override
        public void close() {
            service.close();
        }
    }
}
