package dev.muster.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.muster.ServiceProcess;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.extension.ExtendWith;

/** examples/session-jupyter.yaml with a real JupyterLab, used by its owner in a real browser, without an origin. */
@ExtendWith(Stage.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@EnabledIfEnvironmentVariable(
        named = "MUSTER_TEST_JUPYTER",
        matches = ".+",
        disabledReason = "needs JupyterLab: ./muster test --jupyter")
class JupyterIT {
    /** Jupyter starts a kernel, which a busy machine takes its time for. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final String CELL = "document.querySelector('.jp-Notebook .cm-content')";
    private static final String COMPUTED =
            "Boolean(document.querySelector('.jp-OutputArea-output')?.textContent.includes('computed 42 in jupyter'))";
    private static final int ENTER = 13;
    private static final int S = 83;
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private static ServiceProcess service;
    private static Browser browser;
    private static String id;
    private static String base;

    @BeforeAll
    static void it_is_started_and_opened() throws Exception {
        service = Stage.service();
        Stage.put("queues/notes", "{'spec':{'capability':{'cpu':'4'}}}");
        Stage.put("teams/notes", "{'spec':{'queue':'notes'}}");
        JsonNode example = YAML.readTree(Files.readString(Path.of("..", "examples", "session-jupyter.yaml")));
        ((ObjectNode) example.at("/spec/roles/0"))
                .putObject("env")
                .put("PATH", System.getenv("MUSTER_TEST_JUPYTER") + ":/usr/local/bin:/usr/bin:/bin");
        // Where tests are run as root Jupyter wants to be told that this is meant.
        String job = example.toString().replace("jupyter lab ", "jupyter lab --allow-root ");
        id = Stage.post("/api/v1/teams/notes/jobs", job)
                .path("metadata")
                .path("id")
                .asText();
        browser = Browser.open(Stage.chromium());
        browser.look(1440, 900, "light");
        browser.visit(Stage.post("/api/v1/ui-links", "").path("url").asText());
        sees("location.pathname == '/ui'");
        await().atMost(PATIENCE).until(() -> job().at("/status/state").asText().equals("RUNNING"));
        browser.visit(service.url().resolve("/ui/jobs/" + id + "/session").toString());
        // Until it listens a page of ours looks again by itself.
        sees("document.querySelector('.jp-Launcher') !== null");
        String path = browser.evaluate("location.pathname").asText();
        assertThat(path).startsWith("/job-sessions/" + id + ".").endsWith("/lab");
        base = path.substring(0, path.length() - "/lab".length());
    }

    @AfterAll
    static void it_ends() throws Exception {
        if (browser != null) {
            keep("at-the-end");
            System.out.println("Jupyter in the browser complained of " + browser.complaints());
            browser.close();
        }
        if (id != null) {
            Files.writeString(
                    Path.of("target", "jupyter.log"),
                    service.get("/api/v1/teams/notes/jobs/" + id + "/logs").body());
            assertThat(service.send("POST", "/api/v1/teams/notes/jobs/" + id + ":cancel", "{}")
                            .statusCode())
                    .isEqualTo(200);
            await().atMost(PATIENCE)
                    .until(() -> job().at("/status/state").asText().equals("CANCELLED"));
        }
    }

    @Test
    @Order(1)
    void a_cell_of_a_notebook_computes_and_the_notebook_is_saved() throws Exception {
        clicks("document.querySelector('.jp-LauncherCard[data-category=Notebook]')");
        sees("document.querySelector('.jp-Notebook .cm-content') !== null");
        sees("document.querySelector('.jp-Notebook-ExecutionIndicator')?.dataset.status == 'idle'");
        await().atMost(PATIENCE).until(() -> {
            // A cell that is drawn anew meanwhile takes nothing.
            if (!browser.evaluate(CELL + ".innerText").asText().contains("computed")) {
                browser.evaluate(CELL + ".focus()");
                browser.types("import os; print('computed', 6 * 7, 'in', os.environ['MUSTER_JOB_NAME'])");
            }
            return browser.evaluate(CELL + ".innerText").asText().contains("computed");
        });
        await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(2)).until(() -> {
            // Keys go astray while Jupyter settles; to run a cell twice does no harm.
            browser.evaluate(CELL + ".focus()");
            browser.pressWith(Browser.Held.SHIFT, "Enter", ENTER);
            return browser.evaluate(COMPUTED).asBoolean();
        });
        keep("cell");

        browser.pressWith(Browser.Held.CONTROL, "s", S);
        await().atMost(PATIENCE).until(() -> {
            // A notebook that is saved for the first time is asked for its name.
            browser.evaluate("document.querySelector('.jp-Dialog .jp-mod-accept')?.click()");
            return contents("Untitled.ipynb").contains("computed 42 in jupyter");
        });
    }

    @Test
    @Order(2)
    void a_terminal_works() throws Exception {
        browser.visit(service.url().resolve(base + "/lab?reset").toString());
        clicks(
                "[...document.querySelectorAll('.jp-LauncherCard')].find(card => card.textContent.includes('Terminal'))");
        sees("document.querySelector('.xterm-helper-textarea') !== null");
        await().atMost(PATIENCE).until(() -> {
            browser.evaluate("document.querySelector('.xterm-helper-textarea').focus()");
            browser.types("echo $((6 * 7)) from a shell > terminal.txt");
            browser.press("Enter");
            return contents("terminal.txt").contains("42 from a shell");
        });
        keep("terminal");
    }

    @Test
    @Order(3)
    void what_it_runs_has_no_origin_and_reaches_nothing_of_ours() {
        assertThat(browser.evaluate("self.origin").asText()).isEqualTo("null");
        assertThat(browser.evaluate(
                                "fetch('/api/v1/pools').then(a => a.status + ' ' + a.type, e => 'refused: ' + e.message)")
                        .asText())
                .as("with the person's own cookie")
                .startsWith("refused");
        assertThat(browser.evaluate("document.cookie").asText()).doesNotContain("muster-session");
        assertThat(browser.complaints())
                .as("until it listened, of icons of kernels, and of what was just tried; Jupyter misses nothing else")
                .allMatch(complaint -> complaint.contains("status of 503")
                        // The socket of a kernel that Jupyter itself replaced while it started.
                        || complaint.contains("/channels?")
                        || complaint.contains("/kernelspecs/")
                        || complaint.contains("/api/v1/pools"));
    }

    /** What Jupyter itself says is in a file. */
    private static String contents(String file) throws IOException, InterruptedException {
        HttpResponse<String> answer = service.get(base + "/api/contents/" + file);
        return answer.statusCode() == 200 ? answer.body() : "";
    }

    private static JsonNode job() throws IOException, InterruptedException {
        return YAML.readTree(service.get("/api/v1/teams/notes/jobs/" + id).body());
    }

    private static void clicks(String element) {
        sees("(() => { const found = %s; found?.click(); return Boolean(found); })()".formatted(element));
    }

    private static void sees(String expression) {
        await(expression)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(250))
                .ignoreExceptions()
                .until(() -> browser.evaluate(expression).asBoolean());
    }

    private static void keep(String name) throws IOException {
        Path file = Path.of("target", "screenshots", "jupyter-%s.png".formatted(name));
        Files.createDirectories(file.getParent());
        Files.write(file, browser.picture(false));
    }
}
