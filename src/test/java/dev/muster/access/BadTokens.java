package dev.muster.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Tokens that somebody could try who has a good one of an identity provider, or knows its public key, or has a key of their own. */
final class BadTokens {
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final TestIssuer issuer;
    private final Map<String, Object> claims;
    private final Map<String, String> all = new LinkedHashMap<>();

    private BadTokens(TestIssuer issuer, Map<String, Object> claims) {
        this.issuer = issuer;
        this.claims = issuer.good(claims);
    }

    /** By what is wrong with them; {@code claims} are of a good one, {@code elsewhere} is an address of the attacker's. */
    static Map<String, String> of(TestIssuer issuer, Map<String, Object> claims, String elsewhere) {
        BadTokens tokens = new BadTokens(issuer, claims);
        tokens.makeOfClaims();
        tokens.makeOfSignatures();
        tokens.makeOfHeaders(elsewhere);
        return tokens.all;
    }

    private void makeOfClaims() {
        long now = Instant.now().getEpochSecond();
        put("expired", "exp", now - 60);
        put("not valid yet", "nbf", now + 3_600);
        put("of an issuer that nobody trusts", "iss", "https://evil.example");
        put("of an issuer whose name begins so", "iss", issuer.url() + ".evil.example");
        put("for others", "aud", "another-service");
        put("for the pages' client", "aud", TestIssuer.PAGES_CLIENT);
        put("for nobody", "aud", List.of());
        put("that never ends", "exp", null);
        put("of a sign-out", "events", Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of()));
        put("of nobody", "preferred_username", null);
        put("of the installation itself", "preferred_username", "operator");
    }

    private void makeOfSignatures() {
        String[] parts = issuer.sign(claims).split("\\.");
        Map<String, Object> more = new HashMap<>(claims);
        more.put("preferred_username", "somebody-else");
        all.put("changed after it was signed", parts[0] + "." + TestIssuer.part(more) + "." + parts[2]);
        all.put("with a signature cut off", parts[0] + "." + parts[1] + ".");
        all.put("with a signature of nothing", parts[0] + "." + parts[1] + "." + BASE64.encodeToString(new byte[256]));
        all.put("signed by another key", TestIssuer.sign(claims, TestIssuer.newKey()));
        for (String none : List.of("none", "None", "NONE", "nOnE", "")) {
            String header = TestIssuer.part(Map.of("alg", none, "typ", "JWT"));
            all.put("alg '%s' without a signature".formatted(none), header + "." + parts[1] + ".");
            all.put("alg '%s' with one".formatted(none), header + "." + parts[1] + "." + parts[2]);
        }
        byte[] der = issuer.key().getEncoded();
        String pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(der)
                + "\n-----END PUBLIC KEY-----\n";
        all.put("HS256 by the public key's bytes", symmetric(der));
        all.put("HS256 by the public key's file", symmetric(pem.getBytes(StandardCharsets.US_ASCII)));
        all.put("HS256 by the modulus", symmetric(issuer.key().getModulus().toByteArray()));
        all.put("HS256 by an empty file", symmetric(new byte[1]));
    }

    private void makeOfHeaders(String elsewhere) {
        KeyPair mine = TestIssuer.newKey();
        Map<String, Object> open = TestIssuer.publicKey((RSAPublicKey) mine.getPublic());
        header("that brings its key along", mine, Map.of("jwk", open));
        header("that says where its keys are", mine, Map.of("jku", elsewhere + "/keys"));
        header("that says where its certificate is", mine, Map.of("x5u", elsewhere + "/certificate"));
        header("that brings a certificate along", mine, Map.of("x5c", List.of("MIIB")));
        for (String id : List.of("no-such", "../../../../dev/null", "' or '1'='1", "/etc/hostname", "")) {
            header("of the key '%s'".formatted(id), mine, Map.of("kid", id));
        }
        header("that must be understood otherwise", issuer.keys(), Map.of("crit", List.of("x"), "x", true));
        header("whose algorithm is not its key's", issuer.keys(), Map.of("alg", "ES256"));
    }

    private void put(String what, String claim, Object value) {
        Map<String, Object> changed = new HashMap<>(claims);
        changed.put(claim, value);
        if (value == null) {
            changed.remove(claim);
        }
        all.put(what, issuer.sign(changed));
    }

    private void header(String what, KeyPair key, Map<String, Object> changes) {
        Map<String, Object> header = new HashMap<>(Map.of("alg", "RS256", "kid", "one", "typ", "JWT"));
        header.putAll(changes);
        all.put(what, TestIssuer.sign(header, claims, key));
    }

    private String symmetric(byte[] secret) {
        try {
            String content =
                    TestIssuer.part(Map.of("alg", "HS256", "kid", "one", "typ", "JWT")) + "." + TestIssuer.part(claims);
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return content + "." + BASE64.encodeToString(mac.doFinal(content.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
