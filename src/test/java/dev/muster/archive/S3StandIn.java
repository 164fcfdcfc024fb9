package dev.muster.archive;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** As much of S3 as a bucket of ours asks of it. Signatures are worked out here by hand, from the published rules, and have to be right. */
final class S3StandIn implements AutoCloseable {
    static final String BUCKET = "output";

    private static final String KEY = "the-key";
    private static final String SECRET = "the secret of it";
    private static final String REGION = "eu-test-1";
    private static final Pattern SIGNED = Pattern.compile(
            "AWS4-HMAC-SHA256 Credential=([^/]+)/(\\d{8}/[^,]+), SignedHeaders=([^,]+), Signature=(\\w+)");
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d+)");

    /** By their keys. */
    final ConcurrentSkipListMap<String, byte[]> objects = new ConcurrentSkipListMap<>();

    /** What it answers to everything, where that is not 0. */
    volatile int fault;

    private final HttpServer server;

    S3StandIn() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "s3");
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/", this::answer);
        server.start();
    }

    Bucket.Place place() {
        return place(SECRET);
    }

    Bucket.Place place(String secret) {
        URI endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return Bucket.Place.of(endpoint, BUCKET, REGION, KEY, secret, null);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange call) throws IOException {
        try (call) {
            byte[] body = call.getRequestBody().readAllBytes();
            String path = call.getRequestURI().getRawPath();
            if (fault != 0) {
                say(call, fault, "<Error><Code>SlowDown</Code></Error>");
            } else if (!isSigned(call, body)) {
                say(call, 403, "<Error><Code>SignatureDoesNotMatch</Code></Error>");
            } else if (path.equals("/" + BUCKET)) {
                list(call, query(call).get("prefix"));
            } else {
                object(call, path.substring(BUCKET.length() + 2), body);
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void object(HttpExchange call, String key, byte[] body) throws IOException {
        switch (call.getRequestMethod()) {
            case "PUT" -> {
                objects.put(key, body);
                say(call, 200, "");
            }
            case "DELETE" -> {
                objects.remove(key);
                call.sendResponseHeaders(204, -1);
            }
            default -> part(call, key);
        }
    }

    private void part(HttpExchange call, String key) throws IOException {
        byte[] all = objects.get(key);
        Matcher range = RANGE.matcher(String.valueOf(call.getRequestHeaders().getFirst("Range")));
        if (all == null) {
            say(call, 404, "<Error><Code>NoSuchKey</Code></Error>");
        } else if (!range.matches()) {
            say(call, 400, "<Error><Code>InvalidArgument</Code></Error>");
        } else if (Long.parseLong(range.group(1)) >= all.length) {
            call.getResponseHeaders().add("Content-Range", "bytes */" + all.length);
            say(call, 416, "<Error><Code>InvalidRange</Code></Error>");
        } else {
            int from = Integer.parseInt(range.group(1));
            int to = (int) Math.min(Long.parseLong(range.group(2)), all.length - 1L);
            call.getResponseHeaders().add("Content-Range", "bytes %d-%d/%d".formatted(from, to, all.length));
            call.sendResponseHeaders(206, to + 1L - from);
            call.getResponseBody().write(Arrays.copyOfRange(all, from, to + 1));
        }
    }

    private void list(HttpExchange call, String prefix) throws IOException {
        String keys = objects.keySet().stream()
                .filter(key -> key.startsWith(prefix))
                .limit(2)
                .map("<Contents><Key>%s</Key></Contents>"::formatted)
                .collect(Collectors.joining());
        say(call, 200, "<?xml version=\"1.0\"?><ListBucketResult>" + keys + "</ListBucketResult>");
    }

    private static void say(HttpExchange call, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        call.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        call.getResponseBody().write(bytes);
    }

    private static boolean isSigned(HttpExchange call, byte[] body) throws GeneralSecurityException {
        Matcher said = SIGNED.matcher(String.valueOf(call.getRequestHeaders().getFirst("Authorization")));
        String hash = hex(sha256(body));
        if (!said.matches()
                || !said.group(1).equals(KEY)
                || !hash.equals(call.getRequestHeaders().getFirst("x-amz-content-sha256"))) {
            return false;
        }
        String headers = Arrays.stream(said.group(3).split(";"))
                .map(name ->
                        name + ":" + call.getRequestHeaders().getFirst(name).strip() + "\n")
                .collect(Collectors.joining());
        String query = query(call).entrySet().stream()
                .map(one -> encoded(one.getKey()) + "=" + encoded(one.getValue()))
                .collect(Collectors.joining("&"));
        String canonical = String.join(
                "\n", call.getRequestMethod(), call.getRequestURI().getRawPath(), query, headers, said.group(3), hash);
        String signed = String.join(
                "\n",
                "AWS4-HMAC-SHA256",
                call.getRequestHeaders().getFirst("X-Amz-Date"),
                said.group(2),
                hex(sha256(canonical.getBytes(StandardCharsets.UTF_8))));
        byte[] key = ("AWS4" + SECRET).getBytes(StandardCharsets.UTF_8);
        for (String part : said.group(2).split("/")) {
            key = hmac(key, part);
        }
        return said.group(2).endsWith("/" + REGION + "/s3/aws4_request")
                && hex(hmac(key, signed)).equals(said.group(4));
    }

    private static SortedMap<String, String> query(HttpExchange call) {
        SortedMap<String, String> query = new TreeMap<>();
        String raw = call.getRequestURI().getRawQuery();
        for (String part : raw == null ? new String[0] : raw.split("&")) {
            String[] words = part.split("=", 2);
            query.put(words[0], URLDecoder.decode(words[1], StandardCharsets.UTF_8));
        }
        return query;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] sha256(byte[] bytes) throws GeneralSecurityException {
        return MessageDigest.getInstance("SHA-256").digest(bytes);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
