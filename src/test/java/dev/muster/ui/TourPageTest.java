package dev.muster.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pages of the tour have the tasks that {@link TourIT} does, and small pictures. */
class TourPageTest {
    private static final Path TOUR = Path.of("..", "docs", "tour");
    private static final Pattern TASK = Pattern.compile("(?m)^## (.+)$");
    private static final Pattern PICTURE = Pattern.compile("!\\[[^]]+]\\(([a-z-]+\\.png)\\)");
    private static final long MOST_BYTES = 70_000;
    private static final long MOST_BYTES_OF_ALL = 1_000_000;

    @ParameterizedTest
    @CsvSource({"submitter, Submitter", "quota-admin, QuotaAdmin", "operator, Operator"})
    void every_task_is_a_test_and_every_test_a_task(String page, String person) throws IOException {
        List<String> tasks = TASK.matcher(Files.readString(TOUR.resolve(page + ".md")))
                .results()
                .map(found -> found.group(1).toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", "_"))
                .toList();
        List<String> tests = Arrays.stream(TourIT.class.getDeclaredClasses())
                .filter(nested -> nested.getSimpleName().equals(person))
                .flatMap(nested -> Arrays.stream(nested.getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(Test.class))
                .map(method -> method.getName())
                .toList();

        assertThat(tasks).hasSizeGreaterThanOrEqualTo(3).containsExactlyInAnyOrderElementsOf(tests);
    }

    @Test
    void pictures_are_shown_and_small() throws IOException {
        List<Path> pictures;
        List<Path> pages;
        try (Stream<Path> files = Files.list(TOUR)) {
            List<Path> all = files.toList();
            pictures = all.stream()
                    .filter(file -> file.toString().endsWith(".png"))
                    .toList();
            pages = all.stream().filter(file -> file.toString().endsWith(".md")).toList();
        }
        StringBuilder text = new StringBuilder();
        for (Path page : pages) {
            text.append(Files.readString(page));
        }
        long sum = 0;
        for (Path picture : pictures) {
            assertThat(Files.size(picture)).as(picture.toString()).isLessThan(MOST_BYTES);
            sum += Files.size(picture);
        }

        assertThat(sum).isBetween(1L, MOST_BYTES_OF_ALL);
        assertThat(PICTURE.matcher(text).results().map(found -> found.group(1)).distinct())
                .containsExactlyInAnyOrderElementsOf(pictures.stream()
                        .map(picture -> picture.getFileName().toString())
                        .toList());
    }
}
