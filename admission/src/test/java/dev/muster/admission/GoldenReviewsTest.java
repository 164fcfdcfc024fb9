package dev.muster.admission;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.admission.Asked.Answered;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whole objects and what is answered, as files to read: {@code reviews/NAME.json} and {@code reviews/NAME.answer.json}. With
 * {@code -Dmuster.golden=write} the answers are written anew, to be read before they are committed.
 */
class GoldenReviewsTest {
    private static final Path FILES = Path.of("src/test/resources/reviews");

    @ParameterizedTest
    @ValueSource(strings = {"pod", "gang-of-pods", "job", "volcano-job", "pod-group", "refused-job"})
    void what_is_answered_is_what_was_read_and_approved(String name) throws IOException {
        JsonNode sent = Asked.JSON.readTree(FILES.resolve(name + ".json").toFile());
        Answered answered = Asked.toCreate(
                        Kind.valueOf(sent.path("kind").asText()),
                        sent.path("object").toString())
                .mutated();
        ObjectNode answer = Asked.JSON.createObjectNode().put("allowed", answered.taken());
        if (answered.taken()) {
            answer.set("warnings", answered.response().path("warnings"));
            answer.set("patch", answered.patch());
        } else {
            answer.set("status", answered.response().path("status"));
        }
        Path file = FILES.resolve(name + ".answer.json");
        String text = Asked.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(answer) + "\n";
        if ("write".equals(System.getProperty("muster.golden"))) {
            Files.writeString(file, text);
        }
        assertThat(text).isEqualTo(Files.readString(file));
    }
}
