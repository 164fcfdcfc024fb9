package dev.muster.admission;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reviews as they go over the wire: admission.k8s.io/v1. */
final class Reviews {
    private static final String VERSION = "admission.k8s.io/v1";
    private static final String KIND = "AdmissionReview";
    private static final int DEEPEST = 200;
    private static final int LONGEST_ANSWER = 4_000;

    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxNumberLength(100)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build());

    private Reviews() {}

    /** @throws BadReview where it is none */
    static Review read(byte[] body) {
        JsonNode sent = parsed(body);
        if (!KIND.equals(sent.path("kind").asText())
                || !VERSION.equals(sent.path("apiVersion").asText())) {
            throw new BadReview("Bad review of kind '%s' and apiVersion '%s': expected %s and %s"
                    .formatted(
                            Shown.of(sent.path("kind").asText()),
                            Shown.of(sent.path("apiVersion").asText()),
                            KIND,
                            VERSION));
        }
        JsonNode request = sent.path("request");
        String uid = required(request, "uid");
        Optional<Kind> kind = request.path("subResource").asText("").isEmpty()
                ? Kind.of(
                        request.path("resource").path("group").asText(""),
                        request.path("resource").path("resource").asText(""))
                : Optional.empty();
        Review.Operation operation = operation(required(request, "operation"));
        String user = required(request.path("userInfo"), "username");
        ObjectNode object = request.path("object") instanceof ObjectNode sentObject ? sentObject : null;
        if (object == null && operation != Review.Operation.OTHER && kind.isPresent()) {
            throw new BadReview("Bad review '%s': request.object is missing".formatted(Shown.of(uid)));
        }
        return new Review(
                uid,
                kind,
                operation,
                request.path("namespace").asText(""),
                user,
                object == null ? JSON.createObjectNode() : object,
                request.path("oldObject") instanceof ObjectNode old ? old : null);
    }

    static byte[] write(Review review, Answer answer) {
        ObjectNode sent = JSON.createObjectNode().put("apiVersion", VERSION).put("kind", KIND);
        ObjectNode response =
                sent.putObject("response").put("uid", review.uid()).put("allowed", answer.isTaken());
        if (!answer.isTaken()) {
            int status =
                    answer.refusals().stream().mapToInt(Refusal::status).min().orElseThrow();
            String text = answer.refusals().stream().map(Refusal::text).collect(Collectors.joining("\n"));
            response.putObject("status")
                    .put("code", status)
                    .put("message", text.length() > LONGEST_ANSWER ? text.substring(0, LONGEST_ANSWER) + "…" : text);
        } else if (!answer.patch().isEmpty()) {
            response.put("patchType", "JSONPatch").put("patch", bytes(answer.patch()));
        }
        if (!answer.warnings().isEmpty()) {
            ArrayNode warnings = response.putArray("warnings");
            answer.warnings().forEach(warnings::add);
        }
        return bytes(sent);
    }

    private static JsonNode parsed(byte[] body) {
        try {
            JsonNode sent = JSON.readTree(body);
            if (!sent.isObject()) {
                throw new BadReview("Bad review: expected a JSON object");
            }
            return sent;
        } catch (JsonProcessingException e) {
            throw new BadReview("Bad review: " + Shown.of(e.getOriginalMessage()));
        } catch (IOException e) {
            throw new IllegalStateException("Reading from memory failed", e);
        }
    }

    private static byte[] bytes(JsonNode json) {
        try {
            return JSON.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree that was made here cannot be written", e);
        }
    }

    private static String required(JsonNode parent, String field) {
        String value = Draft.text(parent.get(field));
        if (value == null) {
            throw new BadReview("Bad review: %s is missing".formatted(field));
        }
        return value;
    }

    private static Review.Operation operation(String word) {
        return switch (word) {
            case "CREATE" -> Review.Operation.CREATE;
            case "UPDATE" -> Review.Operation.UPDATE;
            default -> Review.Operation.OTHER;
        };
    }
}
