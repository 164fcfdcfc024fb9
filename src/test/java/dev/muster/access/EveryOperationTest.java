package dev.muster.access;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.postgres.GrantStore;
import dev.muster.rights.Duty;
import dev.muster.rights.GivenGrant;
import dev.muster.rights.Grant;
import dev.muster.rights.Narrowing;
import dev.muster.rights.Rights;
import dev.muster.rights.Scope;
import dev.muster.rights.Subject;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every operation of the OpenAPI document, called by every duty: it gets in where the table says so, and nowhere else. */
@QuarkusTest
class EveryOperationTest {
    @Inject
    IssuedTokens tokens;

    @Inject
    GrantStore grants;

    @Test
    void every_operation_of_the_document_says_what_it_asks() {
        assertThat(documented()).isNotEmpty().allSatisfy(operation -> assertThat(asked())
                .containsKey(operation));
    }

    /** Held for everything: nothing is hidden, so that a refusal is a refusal and what is let in finds nothing, or bad input. */
    @ParameterizedTest
    @EnumSource(Duty.class)
    void a_duty_is_let_in_where_the_table_says_so(Duty duty) {
        Rights rights = new Rights(List.of(dev.muster.rights.Held.everywhere(duty)), Narrowing.NONE);
        String token = token(duty, Narrowing.NONE);

        asked().forEach((operation, asks) -> assertThat(call(operation, token) != 403)
                .as("%s asks %s of %s as %s", operation, asks.value(), asks.of(), duty)
                .isEqualTo(May.may(rights, asks.value(), new Resource(asks.of(), null, "not-there"))));
    }

    @ParameterizedTest
    @EnumSource(Narrowing.class)
    void a_narrowed_token_of_an_operator_is_let_in_where_the_table_says_so(Narrowing narrowing) {
        Rights rights = new Rights(Rights.OPERATOR.held(), narrowing);
        String token = token(Duty.OPERATOR, narrowing);

        asked().forEach((operation, asks) -> assertThat(call(operation, token) != 403)
                .as("%s asks %s of %s", operation, asks.value(), asks.of())
                .isEqualTo(May.may(rights, asks.value(), new Resource(asks.of(), null, "not-there"))));
    }

    @Test
    void who_has_no_duty_learns_who_they_are_and_is_let_in_nowhere_else() {
        String token = tokens.issue(someone(), "test", Narrowing.NONE, Duration.ofDays(1), "test")
                .text();

        asked().forEach((operation, asks) -> {
            if (asks.of() == Resource.Kind.ONESELF) {
                assertThat(call(operation, token)).as(operation).isEqualTo(200);
            } else {
                assertThat(call(operation, token)).as(operation).isIn(403, 404);
            }
        });
        assertThat(asked().values())
                .filteredOn(asks -> asks.of() == Resource.Kind.ONESELF)
                .hasSize(1);
    }

    /** Who is let in, who is not known, who may not: each status and each type of an answer is in the document. */
    @Test
    void an_answer_is_one_that_the_document_names() {
        // Looked up by hand: an expression for each would read all of the document each time.
        Map<String, Map<String, Map<String, Map<String, Map<String, Object>>>>> paths =
                document().getMap("paths");
        List<String> operations = documented();
        for (String token : List.of(
                token(Duty.OPERATOR, Narrowing.NONE), token(Duty.VIEWER, Narrowing.READ_ONLY), "muster_no-such")) {
            operations.forEach(operation -> {
                Response answer = answer(operation, token);
                String[] parts = operation.split(" ", 2);
                Map<String, Map<String, Object>> named = paths.get(parts[1])
                        .get(parts[0].toLowerCase(Locale.ROOT))
                        .get("responses");
                String status = Integer.toString(answer.statusCode());
                assertThat(named).as(operation).containsKey(status);
                if (answer.statusCode() >= 400) {
                    assertThat(answer.contentType()).as(operation).startsWith("application/problem+json");
                    assertThat(named.get(status).get("content")).asString().contains("application/problem+json");
                }
            });
        }
    }

    /** What is sent is no JSON: who is let in is told so, and nothing is done. */
    private static int call(String operation, String token) {
        return answer(operation, token).statusCode();
    }

    private static Response answer(String operation, String token) {
        String[] parts = operation.split(" ", 2);
        String path =
                parts[1].replace("{number}", "1").replace("{revision}", "1").replaceAll("\\{[^}]+}", "not-there");
        var request = given().header("Authorization", "Bearer " + token).accept("application/json, */*");
        if (parts[0].equals("POST") && path.endsWith("/runs")) {
            request = request.multiPart("job", "no json");
        } else if (!parts[0].equals("GET") && !parts[0].equals("DELETE")) {
            request = request.contentType("application/json").body("no json");
        }
        return request.request(parts[0], path);
    }

    private String token(Duty duty, Narrowing narrowing) {
        Subject subject = someone();
        grants.give(new GivenGrant(new Grant(subject, duty, Scope.EVERYTHING), "test", Instant.EPOCH, null));
        return tokens.issue(subject, "test", narrowing, Duration.ofDays(1), "test")
                .text();
    }

    private static Subject someone() {
        return Subject.parse("p" + UUID.randomUUID());
    }

    /** {@code GET /api/v1/pools}, of the document. */
    private List<String> documented() {
        Map<String, Map<String, Object>> paths = document().getMap("paths");
        return paths.entrySet().stream()
                .filter(path -> path.getKey().startsWith("/api/"))
                .flatMap(path -> path.getValue().keySet().stream()
                        .map(method -> method.toUpperCase(Locale.ROOT))
                        .filter(method ->
                                List.of("GET", "PUT", "POST", "PATCH", "DELETE").contains(method))
                        .map(method -> method + " " + path.getKey()))
                .toList();
    }

    private JsonPath document() {
        return given().header("Authorization", "Bearer " + token(Duty.VIEWER, Narrowing.NONE))
                .get("/q/openapi?format=json")
                .jsonPath();
    }

    /** What each operation asks, as the sources say. */
    static Map<String, Asks> asked() {
        Map<String, Asks> asked = new TreeMap<>();
        for (Class<?> type : resources()) {
            Arrays.stream(type.getDeclaredMethods())
                    .filter(method -> method.isAnnotationPresent(Asks.class))
                    .forEach(method -> asked.put(operation(method), method.getAnnotation(Asks.class)));
        }
        return asked;
    }

    private static List<Class<?>> resources() {
        try (Stream<java.nio.file.Path> files = Files.list(java.nio.file.Path.of("target/classes/dev/muster/web"))) {
            List<Class<?>> found = new ArrayList<>();
            for (java.nio.file.Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(".class") && !name.contains("$") && !name.startsWith("package-")) {
                    found.add(Class.forName("dev.muster.web." + name.substring(0, name.length() - ".class".length())));
                }
            }
            return found;
        } catch (IOException | ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String operation(Method method) {
        String verb = Arrays.stream(method.getAnnotations())
                .map(Annotation::annotationType)
                .map(type -> type.getAnnotation(HttpMethod.class))
                .filter(http -> http != null)
                .map(HttpMethod::value)
                .findFirst()
                .orElseThrow();
        String below = method.isAnnotationPresent(Path.class)
                ? method.getAnnotation(Path.class).value()
                : "";
        String path = method.getDeclaringClass().getAnnotation(Path.class).value()
                + (below.isEmpty() || below.startsWith("/") || below.startsWith(":") ? "" : "/")
                + below;
        return verb + " " + path.replaceAll("\\{\\s*(\\w+)\\s*:[^}]*}", "{$1}");
    }
}
