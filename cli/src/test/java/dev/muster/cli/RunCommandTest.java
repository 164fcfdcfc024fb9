package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.api.client.Artifacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes up for a jar or a script that is run, and what is refused before anything is sent. */
class RunCommandTest extends AtATerminal {
    private static final String JOB =
            "{\"kind\":\"Job\",\"metadata\":{\"name\":\"app-jar\",\"team\":\"vision\",\"id\":\"01jd0000000000000000000000\"},\"spec\":{\"roles\":[]},\"status\":{\"state\":\"QUEUED\",\"submittedAt\":\"2026-11-21T09:00:00Z\"}}";

    @TempDir
    Path directory;

    private Path jar = Path.of("");

    @BeforeEach
    void a_jar_and_a_pool_of_local_processes() throws IOException {
        jar = Files.writeString(directory.resolve("app.jar"), "a jar");
        service.on(
                "GET /pools",
                "{\"items\":[{\"kind\":\"Pool\",\"metadata\":{\"name\":\"local\"},\"spec\":{\"nodes\":1,\"resources\":{\"cpu\":\"4\"},\"localProcesses\":true}}]}");
        service.on("POST /teams/vision/jobs", JOB);
    }

    @Test
    void a_jar_goes_up_once_and_the_job_names_it() throws IOException {
        String sha256 = Artifacts.hash(jar);
        String artifact = "/teams/vision/artifacts/" + sha256;
        service.on("PUT " + artifact, artifact(sha256));

        Told told = muster(
                "run", "-d", "--team", "vision", "--class", "com.acme.Job", "--jar", jar.toString(), "--arg", "a b");

        assertThat(told.err()).isEmpty();
        assertThat(service.asked()).extracting(FakeService.Asked::method).contains("PUT");
        String job = posted();
        assertThat(job)
                .contains("\"artifacts\":[{\"name\":\"app.jar\",\"sha256\":\"" + sha256 + "\"}]")
                .contains("exec java -cp \\\"$MUSTER_ARTIFACTS/app.jar\\\" 'com.acme.Job' \\\"$@\\\"")
                .contains("\"args\":[\"a b\"]")
                .contains("\"name\":\"app-jar\"");

        service.on("GET " + artifact, artifact(sha256));
        long before = puts();
        assertThat(muster("run", "-d", "--team", "vision", "--jar", jar.toString())
                        .exitCode())
                .isZero();
        assertThat(puts()).isEqualTo(before);
    }

    @Test
    void with_a_version_of_spark_it_is_a_spark_application() throws IOException {
        Path main = Files.writeString(directory.resolve("main.py"), "print(1)");
        for (Path file : List.of(main, jar)) {
            String sha256 = Artifacts.hash(file);
            service.on("GET /teams/vision/artifacts/" + sha256, artifact(sha256));
        }

        Told told = muster(
                "run",
                "-d",
                "--team",
                "vision",
                "--spark",
                "3.5.6",
                "--image",
                "example/spark",
                "--executors",
                "4",
                "--memory",
                "2Gi",
                "--py-file",
                main.toString(),
                "--file",
                jar.toString());

        assertThat(told.err()).isEmpty();
        assertThat(posted())
                .contains("\"type\":\"Python\"", "\"mainApplicationFile\":\"artifact:main.py\"")
                .contains("\"files\":[\"artifact:app.jar\"]", "\"instances\":4")
                .containsPattern("\"driver\":\\{[^}]*\"memory\":\"2g\"")
                .containsPattern("\"executor\":\\{[^}]*\"memory\":\"2g\"");
    }

    @Test
    void what_makes_no_sense_is_refused_before_anything_is_sent() {
        assertThat(refused("run")).contains("Nothing to run");
        assertThat(refused("run", "--jar", jar.toString(), "--", "echo")).contains("Two things to run");
        assertThat(refused("run", "--class", "x y", "--jar", jar.toString())).contains("Bad --class 'x y'");
        assertThat(refused("run", "--jar", directory.resolve("none.jar").toString()))
                .contains("There is no file");
        assertThat(refused("run", "--arg", "1", "--", "echo")).contains("--arg is for");
        assertThat(refused("run", "--spark", "3.5.6", "--", "echo")).contains("--spark runs");
        assertThat(refused("run", "--spark", "3.5.6", "--gpu", "1", "--jar", jar.toString()))
                .contains("--gpu is not for --spark");
        assertThat(refused("run", "--jar", jar.toString(), "--file", jar.toString()))
                .contains("same name");
        assertThat(service.asked()).isEmpty();
    }

    private String refused(String... words) {
        Told told = muster(words);
        assertThat(told.exitCode()).isEqualTo(2);
        return told.err();
    }

    private long puts() {
        return service.asked().stream()
                .filter(one -> one.method().equals("PUT"))
                .count();
    }

    private String posted() {
        return service.asked().stream()
                .filter(one -> one.method().equals("POST"))
                .reduce((first, last) -> last)
                .orElseThrow()
                .body();
    }

    private static String artifact(String sha256) {
        return "{\"sha256\":\"%s\",\"name\":\"app.jar\",\"bytes\":5,\"uploadedBy\":\"ada\",\"uploadedAt\":\"2026-11-21T09:00:00Z\",\"lastUsedAt\":\"2026-11-21T09:00:00Z\",\"expiresAt\":\"2026-12-05T09:00:00Z\"}"
                .formatted(sha256);
    }
}
