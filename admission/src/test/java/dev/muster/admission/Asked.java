package dev.muster.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.quota.name.PriorityClassName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.TeamName;
import dev.muster.quota.node.NodeAffinity;
import dev.muster.quota.node.TaintEffect;
import dev.muster.quota.node.Toleration;
import io.fabric8.zjsonpatch.JsonPatch;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A review as an API server sends it, and what is answered. Teams: vision with two queues, nlp with one, speech whose rush Ada has used up. */
final class Asked {
    static final ObjectMapper JSON = new ObjectMapper();
    static final String USER = "ada@example.com";
    static final String JOB_CONTROLLER = "system:serviceaccount:kube-system:job-controller";
    static final String MUSTER = "system:serviceaccount:muster:muster";
    static final Catalogue CATALOGUE = catalogue();
    static final Admission ADMISSION = new Admission(new Callers(Set.of(MUSTER), Callers.CONTROLLERS));

    private final ObjectNode review;

    private Asked(ObjectNode review) {
        this.review = review;
    }

    /** Objects are written with single quotes. */
    static Asked toCreate(Kind kind, String object) {
        return new Asked(review(kind, "CREATE").set("object", json(object)));
    }

    static Asked toChange(Kind kind, JsonNode before, JsonNode after) {
        ObjectNode request = review(kind, "UPDATE");
        request.set("object", after);
        request.set("oldObject", before);
        return new Asked(request);
    }

    Asked by(String user) {
        ((ObjectNode) review.path("userInfo")).put("username", user);
        return this;
    }

    Asked in(String namespace) {
        review.put("namespace", namespace);
        return this;
    }

    Asked dry() {
        review.put("dryRun", true);
        return this;
    }

    Answered mutated() {
        return new Answered(review, read(ADMISSION.mutate(body(), CATALOGUE)));
    }

    Answered validated() {
        return new Answered(review, read(ADMISSION.validate(body(), CATALOGUE)));
    }

    byte[] body() {
        ObjectNode sent =
                JSON.createObjectNode().put("apiVersion", "admission.k8s.io/v1").put("kind", "AdmissionReview");
        sent.set("request", review);
        return sent.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    static JsonNode read(byte[] answer) {
        try {
            return JSON.readTree(answer).path("response");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static ObjectNode json(String text) {
        try {
            return (ObjectNode) JSON.readTree(text.replace('\'', '"'));
        } catch (IOException e) {
            throw new AssertionError(text, e);
        }
    }

    /** What was said, and the object with the patch applied, by somebody else's hand. */
    record Answered(ObjectNode review, JsonNode response) {
        boolean taken() {
            return response.path("allowed").asBoolean();
        }

        String message() {
            return response.path("status").path("message").asText();
        }

        int status() {
            return response.path("status").path("code").asInt();
        }

        JsonNode patch() {
            try {
                return response.has("patch")
                        ? JSON.readTree(response.path("patch").binaryValue())
                        : JSON.createArrayNode();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        JsonNode object() {
            return JsonPatch.apply(patch(), review.path("object").deepCopy());
        }

        /** Asks again about what it has become. */
        Asked again() {
            ObjectNode next = review.deepCopy();
            next.set("object", object());
            return new Asked(next);
        }
    }

    private static ObjectNode review(Kind kind, String operation) {
        ObjectNode request = JSON.createObjectNode()
                .put("uid", "705ab4f5-6393-11e8-b7cc-42010a800002")
                .put("operation", operation)
                .put("namespace", "vision-jobs");
        request.putObject("resource")
                .put("group", kind.group())
                .put("version", "v1")
                .put("resource", kind.resource());
        request.putObject("userInfo").put("username", USER);
        return request;
    }

    private static Catalogue catalogue() {
        NodeAffinity amd = new NodeAffinity(
                List.of(term("kubernetes.io/arch", "amd64"), term("kubernetes.io/arch", "arm64")),
                List.of(new NodeAffinity.Preferred(10, term("capacity", "spot"))));
        NodeAffinity gpu = new NodeAffinity(List.of(term("accelerator", "a100")), List.of());
        Toleration spot = new Toleration("spot", Toleration.Operator.EXISTS, null, TaintEffect.NO_SCHEDULE);
        TeamRules vision = new TeamRules(
                new TeamName("vision"),
                new QueueName("vision-batch"),
                new PriorityClassName("routine"),
                queues("vision-batch", "shared"),
                classes("routine", "urgent"),
                Map.of(
                        TeamRules.EVERY_ROLE,
                        new TeamRules.RoleDefaults(amd, List.of(spot)),
                        "trainer",
                        new TeamRules.RoleDefaults(gpu, List.of())));
        TeamRules bare = new TeamRules(
                new TeamName("nlp"),
                null,
                new PriorityClassName("routine"),
                queues("shared"),
                classes("routine"),
                Map.of());
        TeamRules counted = new TeamRules(
                new TeamName("speech"),
                new QueueName("shared"),
                new PriorityClassName("routine"),
                queues("shared"),
                classes("routine", "rush"),
                Map.of(),
                new RushRules(
                        Set.of(new PriorityClassName("rush")),
                        null,
                        Map.of(USER, Instant.parse("2026-05-05T10:00:00Z"))));
        return new Catalogue(
                Map.of("vision-jobs", vision, "nlp", bare, "speech-jobs", counted),
                Map.of(
                        new QueueName("root"), new Catalogue.QueueRules(false, true, null),
                        new QueueName("shared"), new Catalogue.QueueRules(true, true, null),
                        new QueueName("vision-batch"), new Catalogue.QueueRules(true, true, new TeamName("vision")),
                        new QueueName("vision-old"), new Catalogue.QueueRules(true, false, new TeamName("vision")),
                        new QueueName("nlp-batch"), new Catalogue.QueueRules(true, true, new TeamName("nlp"))));
    }

    private static NodeAffinity.Term term(String key, String value) {
        return new NodeAffinity.Term(
                List.of(new NodeAffinity.Expression(key, NodeAffinity.Operator.IN, List.of(value))));
    }

    private static TreeSet<QueueName> queues(String... names) {
        TreeSet<QueueName> queues = new TreeSet<>();
        for (String name : names) {
            queues.add(new QueueName(name));
        }
        return queues;
    }

    private static TreeSet<PriorityClassName> classes(String... names) {
        TreeSet<PriorityClassName> classes = new TreeSet<>(java.util.Comparator.comparing(PriorityClassName::value));
        for (String name : names) {
            classes.add(new PriorityClassName(name));
        }
        return classes;
    }
}
