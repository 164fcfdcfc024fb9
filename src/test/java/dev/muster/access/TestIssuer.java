package dev.muster.access;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** A small identity provider: discovery, keys, the code flow with PKCE; it signs in whoever {@link #signsIn} says, without asking. */
final class TestIssuer implements AutoCloseable {
    static final String PAGES_CLIENT = "muster-pages";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final HttpServer server;
    private final KeyPair key = newKey();
    private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
    private volatile Map<String, Object> person = Map.of();

    TestIssuer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/.well-known/openid-configuration", exchange -> answer(exchange, 200, discovery()));
        server.createContext("/keys", exchange -> answer(exchange, 200, Map.of("keys", List.of(publicKey()))));
        server.createContext("/authorize", this::authorize);
        server.createContext("/token", this::token);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Claims of who signs in next. */
    void signsIn(Map<String, Object> claims) {
        person = claims;
    }

    /** What is always in a good token for the service; {@code claims} go before. */
    Map<String, Object> good(Map<String, Object> claims) {
        Map<String, Object> all = new HashMap<>(Map.of(
                "iss",
                url(),
                "sub",
                "4711",
                "aud",
                "muster",
                "exp",
                Instant.now().getEpochSecond() + 300,
                "iat",
                Instant.now().getEpochSecond(),
                "jti",
                UUID.randomUUID().toString()));
        all.putAll(claims);
        return all;
    }

    String sign(Map<String, Object> claims) {
        return sign(claims, key);
    }

    static String sign(Map<String, Object> claims, KeyPair key) {
        return sign(Map.of("alg", "RS256", "kid", "one", "typ", "JWT"), claims, key);
    }

    static String sign(Map<String, Object> header, Map<String, Object> claims, KeyPair key) {
        try {
            String content = part(header) + "." + part(claims);
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key.getPrivate());
            signature.update(content.getBytes(StandardCharsets.UTF_8));
            return content + "." + BASE64.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    RSAPublicKey key() {
        return (RSAPublicKey) key.getPublic();
    }

    KeyPair keys() {
        return key;
    }

    /** What it would say when somebody has signed out of a session; {@code changes} go before. */
    Map<String, Object> signedOut(String session, Map<String, Object> changes) {
        Map<String, Object> claims = new HashMap<>(Map.of(
                "aud",
                PAGES_CLIENT,
                "sid",
                session,
                "events",
                Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of())));
        claims.putAll(changes);
        return good(claims);
    }

    static KeyPair newKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2_048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One part of a token. */
    static String part(Map<String, Object> content) {
        try {
            return BASE64.encodeToString(JSON.writeValueAsBytes(content));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private Map<String, Object> discovery() {
        return Map.of(
                "issuer", url(),
                "authorization_endpoint", url() + "/authorize",
                "token_endpoint", url() + "/token",
                "jwks_uri", url() + "/keys",
                "end_session_endpoint", url() + "/end");
    }

    private Map<String, Object> publicKey() {
        return publicKey(key());
    }

    static Map<String, Object> publicKey(RSAPublicKey open) {
        return Map.of(
                "kty",
                "RSA",
                "kid",
                "one",
                "use",
                "sig",
                "alg",
                "RS256",
                "n",
                BASE64.encodeToString(unsigned(open.getModulus().toByteArray())),
                "e",
                BASE64.encodeToString(unsigned(open.getPublicExponent().toByteArray())));
    }

    private static byte[] unsigned(byte[] number) {
        return number[0] == 0 ? java.util.Arrays.copyOfRange(number, 1, number.length) : number;
    }

    private void authorize(HttpExchange exchange) throws IOException {
        Map<String, String> asked = form(exchange.getRequestURI().getRawQuery());
        String code = UUID.randomUUID().toString();
        codes.put(code, asked);
        exchange.getResponseHeaders()
                .add("Location", asked.get("redirect_uri") + "?code=" + code + "&state=" + encoded(asked.get("state")));
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    private void token(HttpExchange exchange) throws IOException {
        Map<String, String> sent = form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        Map<String, String> asked = codes.remove(String.valueOf(sent.get("code")));
        if (asked == null || !challenge(sent.get("code_verifier")).equals(asked.get("code_challenge"))) {
            answer(exchange, 400, Map.of("error", "invalid_grant"));
            return;
        }
        Map<String, Object> claims = new HashMap<>(person);
        claims.put("aud", asked.get("client_id"));
        claims.put("nonce", asked.get("nonce"));
        answer(
                exchange,
                200,
                Map.of(
                        "token_type",
                        "Bearer",
                        "expires_in",
                        300,
                        "access_token",
                        sign(good(person)),
                        "id_token",
                        sign(good(claims))));
    }

    private static String challenge(String verifier) {
        try {
            return BASE64.encodeToString(MessageDigest.getInstance("SHA-256")
                    .digest(String.valueOf(verifier).getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void answer(HttpExchange exchange, int status, Map<String, Object> content) throws IOException {
        byte[] body = JSON.writeValueAsBytes(content);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static Map<String, String> form(String text) {
        Map<String, String> fields = new HashMap<>();
        for (String pair : text.split("&")) {
            String[] parts = pair.split("=", 2);
            fields.put(
                    URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
                    URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return fields;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
