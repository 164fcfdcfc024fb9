package dev.muster.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.Settings;
import dev.muster.rights.Duty;
import dev.muster.rights.Scope;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The identity providers that are trusted; none where nothing is set. */
@Singleton
public class Issuers {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Longer is no token of anybody's. */
    private static final int LONGEST = 16_384;

    private final Map<String, Issuer> byName = new LinkedHashMap<>();

    @Inject
    Issuers(Settings settings) {
        settings.access().issuers().forEach((name, issuer) -> byName.put(name, Issuer.of(name, issuer)));
        long unmarked = byName.values().stream()
                .filter(issuer -> issuer.settings().prefix().isEmpty())
                .count();
        if (unmarked > 1) {
            throw new IllegalArgumentException(
                    "Of several muster.access.issuers all but one need a 'prefix': else who is 'ana' at one could be another 'ana' elsewhere");
        }
    }

    Collection<Issuer> all() {
        return byName.values();
    }

    /** What a group of an identity provider gives to whoever is in it. */
    public record GroupDuty(String issuer, String group, Duty duty, Scope scope) {}

    /** Of all groups of all of them. */
    public List<GroupDuty> groups() {
        return all().stream()
                .flatMap(issuer -> issuer.duties().byGroup().entrySet().stream()
                        .flatMap(group -> group.getValue().stream()
                                .map(given ->
                                        new GroupDuty(issuer.label(), group.getKey(), given.duty(), given.scope()))))
                .toList();
    }

    Optional<Issuer> named(@Nullable String name) {
        return Optional.ofNullable(name == null ? null : byName.get(name));
    }

    /** Whose token it says it is, which nobody has verified yet. */
    Optional<Issuer> claimedBy(String token) {
        return claimedIssuer(token).flatMap(claimed -> all().stream()
                .filter(issuer -> isSame(issuer.url(), claimed))
                .findFirst());
    }

    /** Who a token (JWT) says has issued it; empty where it says nobody, or is none. */
    static Optional<String> claimedIssuer(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3 || token.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
            return Optional.ofNullable(JSON.readTree(claims).path("iss").textValue());
        } catch (IllegalArgumentException | JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static boolean isSame(String one, String other) {
        return one.replaceAll("/+$", "").equals(other.replaceAll("/+$", ""));
    }
}
