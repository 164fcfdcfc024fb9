package dev.muster.admission;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.admission.Asked.Answered;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Objects made by chance: what was mutated once is right, and mutating it again changes nothing. */
class AdmissionPropertiesTest {
    private static final String[] QUEUES = {"shared", "vision-batch", "nlp-batch", "root", "Bad"};
    private static final String[] CLASSES = {"routine", "urgent", "rush"};
    private static final String[] KEYS = {"zone", "kubernetes.io/arch", "accelerator"};
    private static final String[] VALUES = {"a", "amd64", "arm64", "a100"};

    @Property(tries = 2_000, seed = "20261126")
    void what_was_mutated_is_right_and_stays_as_it_is(@ForAll long seed, @ForAll Kind kind) {
        Answered once =
                Asked.toCreate(kind, made(new Random(seed), kind).toString()).mutated();
        if (!once.taken()) {
            assertThat(once.patch()).isEmpty();
            assertThat(once.message()).isNotBlank();
            return;
        }
        assertThat(once.again().mutated().patch()).isEmpty();
        assertThat(once.again().validated().response().path("allowed").asBoolean())
                .isTrue();
    }

    @Property(tries = 500, seed = "20261126")
    void what_a_user_asked_stays_but_for_what_is_ours(@ForAll long seed) {
        ObjectNode pod = made(new Random(seed), Kind.POD);
        Answered answered = Asked.toCreate(Kind.POD, pod.toString()).mutated();
        JsonNode after = answered.object();
        assertThat(after.path("spec").path("containers"))
                .isEqualTo(pod.path("spec").path("containers"));
        assertThat(after.path("metadata").path("labels").path("app"))
                .isEqualTo(pod.path("metadata").path("labels").path("app"));
    }

    private static ObjectNode made(Random random, Kind kind) {
        ObjectNode object = Asked.JSON.createObjectNode();
        ObjectNode metadata = object.putObject("metadata").put(random.nextBoolean() ? "name" : "generateName", "thing");
        ObjectNode spec = object.putObject("spec");
        marks(random, metadata);
        switch (kind) {
            case POD -> pod(random, spec);
            case JOB -> {
                if (random.nextBoolean()) {
                    spec.put("parallelism", random.nextInt(-1, 6));
                }
                template(random, spec.putObject("template"));
            }
            case VOLCANO_JOB -> {
                ArrayNode tasks = spec.putArray("tasks");
                for (int i = random.nextInt(3); i > 0; i--) {
                    ObjectNode task = tasks.addObject().put("name", i == 1 ? "trainer" : "t" + i);
                    template(random, task.putObject("template"));
                }
                if (random.nextBoolean()) {
                    spec.put("queue", some(random, QUEUES));
                }
            }
            case POD_GROUP -> spec.put("minMember", random.nextInt(5));
        }
        return object;
    }

    private static void template(Random random, ObjectNode template) {
        marks(random, template.putObject("metadata"));
        pod(random, template.putObject("spec"));
    }

    private static void marks(Random random, ObjectNode metadata) {
        ObjectNode labels = metadata.putObject("labels").put("app", "x");
        if (random.nextInt(4) == 0) {
            labels.put(Marks.QUEUE, some(random, QUEUES));
        }
        if (random.nextInt(4) == 0) {
            labels.put(Marks.ROLE, random.nextBoolean() ? "trainer" : "reader");
        }
        if (random.nextInt(3) == 0) {
            metadata.putObject("annotations")
                    .put(Marks.GANG_NAME, "gang")
                    .put(Marks.GANG_SIZE, Integer.toString(random.nextInt(4)));
        }
    }

    private static void pod(Random random, ObjectNode spec) {
        spec.putArray("containers").addObject().put("name", "main");
        if (random.nextInt(3) == 0) {
            spec.put("priorityClassName", some(random, CLASSES)).put("priority", 7);
        }
        if (random.nextBoolean()) {
            spec.put("schedulerName", "default-scheduler");
        }
        if (random.nextInt(3) == 0) {
            ObjectNode toleration =
                    spec.putArray("tolerations").addObject().put("key", "spot").put("operator", "Exists");
            if (random.nextBoolean()) {
                toleration.put("effect", "NoSchedule");
            }
        }
        if (random.nextBoolean()) {
            ArrayNode terms = spec.putObject("affinity")
                    .putObject("nodeAffinity")
                    .putObject("requiredDuringSchedulingIgnoredDuringExecution")
                    .putArray("nodeSelectorTerms");
            for (int i = random.nextInt(4); i > 0; i--) {
                term(random, terms.addObject());
            }
        }
    }

    private static void term(Random random, ObjectNode term) {
        ArrayNode expressions = term.putArray("matchExpressions");
        for (int i = random.nextInt(3); i > 0; i--) {
            expressions
                    .addObject()
                    .put("key", some(random, KEYS))
                    .put("operator", "In")
                    .putArray("values")
                    .add(some(random, VALUES));
        }
    }

    private static String some(Random random, String[] all) {
        return all[random.nextInt(all.length)];
    }
}
