package dev.muster.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.muster.api.client.MusterClient;
import dev.muster.api.client.Retries;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** Every operation of the service can be called with the Java client: each of its methods is called once, and what it asks is noted. */
class ReachTest {
    /** What no method of the client calls, and why. */
    private static final Map<String, String> LEFT_OUT = Map.ofEntries(
            Map.entry(
                    "GET /api/v1/teams/{team}/jobs/{job}/links/{name}",
                    "leads a browser on; the client has where each link leads"),
            Map.entry("POST /api/v1/schedules", "PUT by name makes one as well"),
            Map.entry(
                    "POST /api/v1/teams/{team}/runs",
                    "a job with its files in one body of parts; jobs and files by themselves do it"),
            Map.entry("PUT /api/v1/teams/{team}/artifacts/{sha256}", "takes a file, of which this test has none"));

    private final Set<String> asked = ConcurrentHashMap.newKeySet();

    @Test
    void every_operation_is_called_by_a_method_of_the_client() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(
                    exchange.getRequestMethod() + " " + exchange.getRequestURI().getRawPath());
            exchange.sendResponseHeaders(404, -1);
            // Not the exchange: that would close the connection, which the client means to use again.
            exchange.getResponseBody().close();
        });
        server.start();
        try {
            URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
            callAll(new MusterClient(url, "token", Retries.NONE), MusterClient.class, Map.of(), new HashSet<>());
        } finally {
            server.stop(0);
        }

        Set<String> missing = new TreeSet<>(EveryOperationTest.asked().keySet());
        missing.removeIf(operation -> asked.stream().anyMatch(call -> call.matches(pattern(operation))));
        missing.removeAll(LEFT_OUT.keySet());
        assertThat(missing).as("add a method to the client, or a reason here").isEmpty();
        assertThat(EveryOperationTest.asked()).containsKeys(LEFT_OUT.keySet().toArray(String[]::new));
    }

    private static String pattern(String operation) {
        return "\\Q" + operation.replaceAll("\\{[^}]+}", "\\\\E[^/:]+\\\\Q") + "\\E";
    }

    private static void callAll(Object target, Class<?> type, Map<TypeVariable<?>, Type> bound, Set<Object> seen) {
        for (Method method : type.getMethods()) {
            if (method.getDeclaringClass() == Object.class || Modifier.isStatic(method.getModifiers())) {
                continue;
            }
            Object[] arguments = Arrays.stream(method.getGenericParameterTypes())
                    .map(each -> something(bound.getOrDefault(each, each), 0))
                    .toArray();
            Object answer = call(target, method, arguments);
            if (answer != null
                    && answer.getClass().getPackageName().equals("dev.muster.api.client")
                    && seen.add(method)) {
                callAll(answer, answer.getClass(), bound(method.getGenericReturnType(), answer.getClass()), seen);
            }
        }
    }

    /** The answer; null where there was none: what was asked is noted anyway. */
    private static Object call(Object target, Method method, Object[] arguments) {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            return null;
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<TypeVariable<?>, Type> bound(Type returned, Class<?> type) {
        return returned instanceof ParameterizedType with
                ? Map.of(type.getTypeParameters()[0], with.getActualTypeArguments()[0])
                : Map.of();
    }

    /** A value of the type, as small as it gets; records are filled, so that names are there. */
    private static Object something(Type wanted, int depth) {
        Class<?> type = wanted instanceof Class<?> plain
                ? plain
                : wanted instanceof ParameterizedType with ? (Class<?>) with.getRawType() : Object.class;
        if (type == String.class) {
            return "x1";
        }
        if (type == int.class || type == Integer.class) {
            return 1;
        }
        if (type == long.class || type == Long.class) {
            return 1L;
        }
        if (type == boolean.class || type == Boolean.class) {
            return false;
        }
        if (type == double.class || type == Double.class) {
            return 1.0;
        }
        if (type == Instant.class) {
            return Instant.EPOCH;
        }
        if (type == OutputStream.class) {
            return new ByteArrayOutputStream();
        }
        if (type == List.class) {
            return List.of();
        }
        if (type == Map.class) {
            return Map.of();
        }
        return type.isRecord() && depth < 2 ? filled(type, depth) : null;
    }

    private static Object filled(Class<?> type, int depth) {
        RecordComponent[] components = type.getRecordComponents();
        try {
            return type.getDeclaredConstructor(Arrays.stream(components)
                            .map(RecordComponent::getType)
                            .toArray(Class<?>[]::new))
                    .newInstance(Arrays.stream(components)
                            .map(each -> something(each.getGenericType(), depth + 1))
                            .toArray());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("No example of " + type, e);
        }
    }
}
