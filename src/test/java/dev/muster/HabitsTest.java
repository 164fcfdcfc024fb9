package dev.muster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.rights.Subject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The habits of CONTRIBUTING.md that a machine can watch, in the sources of all modules. */
class HabitsTest {
    private static final Pattern SLEEP = Pattern.compile("Thread\\.sleep\\(|TimeUnit\\.\\w+\\.sleep\\(|parkNanos\\(");
    private static final Pattern TEST_METHOD =
            Pattern.compile("@(?:Test|ParameterizedTest|Property|RepeatedTest)\\b[^;{}]*?void\\s+(\\w+)\\s*\\(");
    private static final Pattern UNFINISHED = Pattern.compile("\\b(TODO|FIXME|XXX)\\b");
    private static final Pattern UNEXPLAINED = Pattern.compile("@SuppressWarnings\\([^)]*\\)(?!\\s*//)");
    private static final Pattern ACTOR = Pattern.compile("String ACTOR = \"([^\"]*)\"");
    private static final Pattern DISABLED = Pattern.compile("@Disabled\\s*(?!\\(\")");

    @Test
    void a_test_waits_for_what_it_needs_and_never_sleeps() {
        assertThat(hits("test", SLEEP)).isEmpty();
    }

    @Test
    void the_name_of_a_test_is_a_sentence() {
        assertThat(Clone.sources("test").stream().flatMap(file -> TEST_METHOD
                        .matcher(Clone.text(file))
                        .results()
                        .map(method -> method.group(1))
                        .filter(name -> !name.contains("_"))
                        .map(name -> shown(file) + ": " + name)))
                .isEmpty();
    }

    @Test
    void every_package_says_what_it_is_and_that_null_is_the_exception() {
        assertThat(Clone.sources("main").stream()
                        .map(Path::getParent)
                        .distinct()
                        .filter(directory -> !declaresNulls(directory.resolve("package-info.java")))
                        .map(HabitsTest::shown))
                .isEmpty();
    }

    @Test
    void nothing_is_left_unfinished() {
        assertThat(Stream.concat(hits("main", UNFINISHED).stream(), hits("test", UNFINISHED).stream())
                        .filter(hit -> !hit.contains("HabitsTest")))
                .isEmpty();
    }

    @Test
    void a_suppressed_warning_carries_its_reason_on_its_line() {
        assertThat(Stream.concat(hits("main", UNEXPLAINED).stream(), hits("test", UNEXPLAINED).stream())
                        .filter(hit -> !hit.contains("HabitsTest")))
                .isEmpty();
    }

    @Test
    void a_test_that_is_switched_off_says_why() {
        assertThat(hits("test", DISABLED).stream().filter(hit -> !hit.contains("HabitsTest")))
                .isEmpty();
    }

    @Test
    void nobody_may_take_a_name_that_the_service_signs_with() {
        List<String> signed = Clone.sources("main").stream()
                .flatMap(file -> ACTOR.matcher(Clone.text(file)).results())
                .map(constant -> constant.group(1))
                .toList();
        assertThat(signed).contains("muster", "sessions");
        assertThat(signed).allSatisfy(name -> assertThatThrownBy(() -> new Subject(Subject.Kind.PERSON, name))
                .hasMessageContaining("does not sign with"));
    }

    private static boolean declaresNulls(Path packageInfo) {
        return Files.exists(packageInfo)
                && Clone.text(packageInfo).contains("@NullMarked")
                && Clone.text(packageInfo).startsWith("/**");
    }

    private static List<String> hits(String kind, Pattern pattern) {
        return Clone.sources(kind).stream()
                .flatMap(file -> lines(file, pattern))
                .toList();
    }

    private static Stream<String> lines(Path file, Pattern pattern) {
        String text = Clone.text(file);
        return pattern.matcher(text).results().map(hit -> shown(file) + ":" + line(text, hit) + ": " + hit.group());
    }

    private static long line(String text, MatchResult hit) {
        return text.substring(0, hit.start()).lines().count() + 1;
    }

    private static String shown(Path file) {
        return Clone.ROOT.relativize(file).toString();
    }
}
