package dev.muster.callback;

import dev.muster.access.Token;
import dev.muster.quota.name.TeamName;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs what is told, with a key for each team that follows from the service's token. */
@ApplicationScoped
public class Keys {
    /** As the JDK calls it. */
    private static final String ALGORITHM = "HmacSHA256";

    private static final String PURPOSE = "callback";

    private final Token token;

    Keys(Token token) {
        this.token = token;
    }

    /** For the team to check signatures with. */
    public String of(TeamName team) {
        return HexFormat.of().formatHex(token.sign(PURPOSE, team.value()));
    }

    /** {@code t=SECONDS,v1=HEX}: the second part is of the seconds, a dot and the body. */
    String signature(TeamName team, long seconds, String body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(of(team).getBytes(StandardCharsets.US_ASCII), ALGORITHM));
            byte[] signed = mac.doFinal((seconds + "." + body).getBytes(StandardCharsets.UTF_8));
            return "t=%d,v1=%s".formatted(seconds, HexFormat.of().formatHex(signed));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has " + ALGORITHM, e);
        }
    }
}
