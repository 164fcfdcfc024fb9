package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each command of docs/verbs.md asks just what the page says. The service answers little, so what comes after that is a refusal. */
class VerbsTest {
    private static final Path CLONE = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern ROW = Pattern.compile("^\\| `([A-Z]+) (\\S+)` \\| `(.+)` \\|$", Pattern.MULTILINE);
    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");
    private static final String ID = "01jd0000000000000000000000";
    private static final String SHA = "ab".repeat(32);
    private static final String JOB = """
            {"kind":"Job","metadata":{"name":"train","team":"vision","id":"%s"},
             "spec":{"queue":"q","roles":[{"name":"worker","count":1,"resources":{"cpu":"2"}}]},
             "status":{"state":"RUNNING","attempt":1,"submittedAt":"2026-11-21T09:00:00Z"}}""".formatted(ID);
    private static final InputStream STDIN = System.in;

    @TempDir
    private Path home;

    private FakeService service;

    static Stream<Arguments> rows() throws IOException {
        return ROW.matcher(Files.readString(CLONE.resolve("docs/verbs.md")))
                .results()
                .map(row -> Arguments.of(row.group(1), row.group(2), row.group(3)));
    }

    /** What a command looks at before it asks what it is for. */
    @BeforeEach
    void start() throws IOException {
        System.setIn(new ByteArrayInputStream("present words\nfour other words\n".getBytes(StandardCharsets.UTF_8)));
        service = new FakeService()
                .on(
                        "GET /whoami",
                        "{\"name\":\"ana\",\"kind\":\"PERSON_SESSION\",\"narrowing\":\"NONE\",\"duties\":[]}")
                .on("GET /teams/-/jobs/" + ID, JOB)
                .on("GET /teams/vision/jobs/" + ID, JOB)
                .on("GET /teams/vision/jobs/" + ID + "/attempts", "{\"items\":[]}")
                .on("GET /policy", """
                        {"kind":"Policy","metadata":{"name":"policy","etag":"\\"3\\""},"spec":{},
                         "status":{"revision":3,"actor":"ana","why":"x","at":"2026-11-27T12:00:00Z","effective":{}}}""")
                .on("POST /policy:diff", "{\"revision\":3,\"changes\":[]}")
                .on("GET /volcano", """
                        {"place":"volcano-system/x","wanted":"","diff":["+ a"],"findings":[],"confirmation":"c"}""")
                .on("GET /teams/vision/artifacts", """
                        {"items":[{"sha256":"%s","name":"a","bytes":1,"uploadedBy":"ana","uploadedAt":"2026-11-21T09:00:00Z",
                          "lastUsedAt":"2026-11-21T09:00:00Z","expiresAt":"2026-12-21T09:00:00Z"}]}""".formatted(SHA))
                .on("GET /schedules/nightly", """
                        {"kind":"Schedule","metadata":{"name":"nightly"},"spec":{"team":"vision","cron":"0 3 * * *"},
                         "status":{"next":[]}}""");
        for (String declared : List.of("queues/vision", "pools/spot-a", "teams/vision", "priorityClasses/rush")) {
            service.on("GET /" + declared, "{\"metadata\":{\"name\":\"x\"},\"spec\":{}}");
        }
        service.on("GET /teams/vision/templates/base", "{\"metadata\":{\"name\":\"base\"},\"spec\":{}}");
    }

    @AfterEach
    void stop() {
        System.setIn(STDIN);
        service.close();
    }

    @ParameterizedTest(name = "{0} {1}: muster {2}")
    @MethodSource("rows")
    void a_command_asks_what_the_page_says(String method, String path, String command) {
        Told told = Told.by(
                Map.of(
                        "MUSTER_HOME", home.toString(),
                        "MUSTER_SERVER", service.url(),
                        "MUSTER_TOKEN", "t"),
                words(command));

        String expected = method + " /api/v1" + path.replaceAll("\\{[^}]+}", "[^/:?]+");
        assertThat(service.asked()).as("%s%n%s", told.out(), told.err()).anySatisfy(asked -> assertThat(
                        asked.method() + " " + asked.target())
                .matches(expected + "(\\?.*)?"));
        assertThat(told.exitCode()).as(told.err()).isIn(ExitCode.OK, ExitCode.REFUSED);
    }

    private static String[] words(String command) {
        return WORD.matcher(command)
                .results()
                .map(VerbsTest::word)
                .map(word -> word.equals("JOB") || word.equals("ARRAY") ? ID : word)
                .map(word -> word.equals("SHA") ? SHA : word)
                .map(word -> word.startsWith("examples/") || word.equals("README.md")
                        ? CLONE.resolve(word).toString()
                        : word)
                .toArray(String[]::new);
    }

    private static String word(MatchResult word) {
        return Arrays.asList(word.group(1), word.group(2)).stream()
                .filter(each -> each != null)
                .findFirst()
                .orElse("");
    }
}
