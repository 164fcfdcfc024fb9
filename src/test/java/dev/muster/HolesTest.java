package dev.muster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.maven.artifact.versioning.ComparableVersion;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The check of known holes by advisories that are at hand: which versions they are about, and that none is about what we bring. */
class HolesTest {
    /** Where a jar is in a repository: group, artifact, version. */
    private static final Pattern IN_REPOSITORY = Pattern.compile("(.+)/([^/]+)/([^/]+)/\\2-\\3[^/]*\\.jar");

    private static final String ADVISORY = """
            {"id": "GHSA-1", "aliases": ["CVE-2026-1"], "summary": "a hole", "affected": [{"package": {"ecosystem": "Maven", "name": "org.x:y"},
             "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "4.1.9.Final"}, {"introduced": "4.2.0.Alpha1"}, {"last_affected": "4.2.3.Final"}]}],
             "versions": ["9.9"]}]}""";

    @TempDir
    Path directory;

    @BeforeAll
    static void python_is_there() throws IOException, InterruptedException {
        boolean there;
        try {
            there = new ProcessBuilder("python3", "--version").start().waitFor() == 0;
        } catch (IOException e) {
            there = false;
        }
        if ("yes".equals(System.getenv("MUSTER_REQUIRE_PYTHON"))) {
            assertThat(there).as("python3, for tools/holes/check").isTrue();
        }
        assumeTrue(there, "tools/holes/check needs python3: install it to run this");
    }

    @Test
    void versions_are_in_the_order_in_which_maven_has_them() throws IOException, InterruptedException {
        List<String> versions = versions();
        List<List<String>> expected = new ArrayList<>();
        versions.stream()
                .map(ComparableVersion::new)
                .sorted(Comparator.naturalOrder())
                .forEach(version -> {
                    List<String> last = expected.isEmpty() ? null : expected.get(expected.size() - 1);
                    if (last != null && new ComparableVersion(last.get(0)).compareTo(version) == 0) {
                        last.add(version.toString());
                    } else {
                        expected.add(new ArrayList<>(List.of(version.toString())));
                    }
                });

        Said said = check(String.join("\n", versions), "--order");

        List<List<String>> ordered =
                said.text().lines().map(line -> List.of(line.split(" "))).toList();
        assertThat(versions).hasSizeGreaterThan(400);
        assertThat(sorted(ordered)).containsExactlyElementsOf(sorted(expected));
    }

    /** Of which those that are the same may be in any order among themselves. */
    private static List<List<String>> sorted(List<List<String>> lines) {
        return lines.stream().map(same -> same.stream().sorted().toList()).toList();
    }

    private static List<String> versions() {
        Random random = new Random(20261127);
        List<String> ends = List.of(
                "",
                ".Final",
                ".GA",
                "-alpha",
                ".Alpha1",
                "-alpha-2",
                ".Beta3",
                "-beta",
                "-M2",
                "-milestone-2",
                ".CR1",
                "-RC1",
                "-rc2",
                "-SNAPSHOT",
                "-sp",
                ".SP1",
                "-jre",
                "-1",
                ".1",
                "-foo",
                ".0",
                ".0.0",
                "a1",
                "b2",
                "m3");
        TreeSet<String> versions = new TreeSet<>(List.of(
                "1.83",
                "1.85.2",
                "2.21",
                "2.21.0",
                "3.33.2",
                "3.33.2.1",
                "4.1.132.Final",
                "4.1.9.Final",
                "42.7.10",
                "42.7.9",
                "1.57.0-alpha"));
        while (versions.size() < 500) {
            String numbers = Stream.generate(
                            () -> Integer.toString(random.nextInt(4) == 0 ? random.nextInt(200) : random.nextInt(3)))
                    .limit(1L + random.nextInt(4))
                    .collect(Collectors.joining("."));
            versions.add(numbers + ends.get(random.nextInt(ends.size())));
        }
        return new ArrayList<>(versions);
    }

    @Test
    void an_advisory_is_about_the_versions_from_its_beginning_to_its_end() throws IOException, InterruptedException {
        Path advisories = Files.createDirectories(directory.resolve("advisories"));
        Files.writeString(advisories.resolve("GHSA-1.json"), ADVISORY);
        List<String> holed = List.of("1.0", "4.1.8.Final", "4.1.9.CR1", "4.2.0.Alpha1", "4.2.3.Final", "9.9");
        List<String> whole = List.of("4.1.9.Final", "4.1.10.Final", "4.1.132.Final", "4.2.4.Final", "5.0");

        for (String version : Stream.concat(holed.stream(), whole.stream()).toList()) {
            Said said = of(List.of("org.x:y:" + version, "org.x:other:1.0"), advisories);
            assertThat(said.code()).as(version + ": " + said.text()).isEqualTo(holed.contains(version) ? 1 : 0);
            assertThat(said.text().contains("HOLE: org.x:y:" + version + ": GHSA-1 CVE-2026-1: a hole"))
                    .as(said.text())
                    .isEqualTo(holed.contains(version));
        }
    }

    @Test
    void an_export_of_an_ecosystem_is_read_as_it_is_and_what_was_withdrawn_is_left_out()
            throws IOException, InterruptedException {
        Path export = directory.resolve("all.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(export))) {
            for (String id : List.of("GHSA-1", "GHSA-2")) {
                zip.putNextEntry(new ZipEntry(id + ".json"));
                String text = ADVISORY.replace("GHSA-1", id);
                zip.write((id.equals("GHSA-2")
                                ? text.replace("\"summary\"", "\"withdrawn\": \"2026-01-01T00:00:00Z\", \"summary\"")
                                : text)
                        .getBytes(StandardCharsets.UTF_8));
            }
        }

        Said said = of(List.of("org.x:y:1.0"), export);

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.text())
                .contains("GHSA-1")
                .doesNotContain("GHSA-2")
                .contains("1 libraries checked with 1 advisories");
    }

    @Test
    void what_is_no_advisory_or_not_there_fails_instead_of_finding_nothing() throws IOException, InterruptedException {
        Path bad = Files.createDirectories(directory.resolve("bad"));
        assertThat(of(List.of("org.x:y:1.0"), bad)).satisfies(said -> {
            assertThat(said.code()).isEqualTo(1);
            assertThat(said.text()).contains("has no advisory");
        });
        Files.writeString(bad.resolve("x.json"), "{\"id\": ");
        assertThat(of(List.of("org.x:y:1.0"), bad).text()).contains("x.json is no JSON");
        Files.writeString(bad.resolve("x.json"), "{\"name\": \"no advisory\"}");
        assertThat(of(List.of("org.x:y:1.0"), bad).text()).contains("x.json is no advisory as OSV writes them");
        assertThat(of(List.of("org.x:y:1.0"), bad.resolve("nowhere")).code()).isEqualTo(1);
        assertThat(of(List.of(), bad).text()).contains("nothing is packaged");
    }

    /** The versions are set in the root pom: who sets one back below where a hole was mended learns it here. */
    @Test
    void what_we_bring_has_no_hole_that_is_written_down_and_not_accepted() throws IOException, InterruptedException {
        String one = jarOf(ComparableVersion.class);
        String repository = one.substring(0, one.indexOf("org/apache/maven/maven-artifact/"));
        List<String> brought = Arrays.stream(classPath().split(File.pathSeparator))
                .filter(jar -> jar.startsWith(repository))
                .map(jar -> IN_REPOSITORY.matcher(jar.substring(repository.length())))
                .filter(Matcher::matches)
                .map(jar -> jar.group(1).replace('/', '.') + ":" + jar.group(2) + ":" + jar.group(3))
                .distinct()
                .toList();
        assertThat(brought)
                .hasSizeGreaterThan(200)
                .anyMatch(library -> library.startsWith("io.netty:netty-codec-http:"));

        Said said = of(brought, Clone.ROOT.resolve("tools/holes/known"));

        assertThat(said.text()).contains(" libraries checked with ").doesNotContain("HOLE");
        assertThat(said.code()).as(said.text()).isZero();
    }

    /** Without a reason and a date nobody knows whether it still holds. */
    @Test
    void what_is_accepted_has_a_date_and_a_reason() {
        List<String> lines = Clone.text("tools/holes/accepted.txt")
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
        assertThat(lines)
                .allSatisfy(line -> assertThat(line).matches("(CVE|GHSA)-\\S+ \\d{4}-\\d\\d-\\d\\d \\S.{30,}"));
    }

    private static String jarOf(Class<?> type) {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath())
                .toString();
    }

    private static String classPath() {
        String ofTests = System.getProperty("surefire.test.class.path");
        return ofTests == null ? System.getProperty("java.class.path") : ofTests;
    }

    /** What it says of a package with these libraries. */
    private Said of(List<String> libraries, Path advisories) throws IOException, InterruptedException {
        Path packaged = Files.createDirectories(directory.resolve("package"));
        Files.write(
                packaged.resolve("quarkus-app-dependencies.txt"),
                libraries.stream()
                        .map(library -> library.replaceFirst(":([^:]+)$", "::jar:$1"))
                        .toList());
        return check(
                "",
                "--package",
                packaged.toString(),
                "--command",
                directory.resolve("none").toString(),
                "--from",
                advisories.toString());
    }

    private record Said(int code, String text) {}

    private static Said check(String input, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("python3", "-B", "tools/holes/check"));
        command.addAll(List.of(arguments));
        Process check = new ProcessBuilder(command)
                .directory(Clone.ROOT.toFile())
                .redirectErrorStream(true)
                .start();
        check.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
        check.getOutputStream().close();
        String text = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(check.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return new Said(check.exitValue(), text);
    }
}
