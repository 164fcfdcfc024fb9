package dev.muster.admission.certificate;

import java.security.cert.CertificateParsingException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * When certificates are made anew: after two thirds of their life. A new authority is told to clients first and signs only when
 * {@code settle} has passed, so that nobody meets a certificate that it does not trust yet.
 */
public record Rotation(Duration authorityLife, Duration servingLife, Duration settle) {
    public static final Rotation USUAL = new Rotation(Duration.ofDays(365), Duration.ofDays(30), Duration.ofHours(1));

    /** The same where nothing is due. */
    public Certificates next(Optional<Certificates> known, List<String> hosts, Instant now) {
        List<Pair> authorities =
                new ArrayList<>(known.map(Certificates::authorities).orElse(List.of()));
        authorities.removeIf(authority -> !now.isBefore(authority.until()));
        if (authorities.isEmpty() || authorities.get(0).isOld(now)) {
            authorities.add(0, Signing.authority(now, authorityLife));
        }
        Pair signer = signer(authorities, now);
        Optional<Pair> serving = known.map(Certificates::serving)
                .filter(shown -> !shown.isOld(now)
                        && shown.isSignedBy(signer)
                        && names(shown).equals(Set.copyOf(hosts)));
        return new Certificates(authorities, serving.orElseGet(() -> Signing.serving(signer, hosts, now, servingLife)));
    }

    private Pair signer(List<Pair> authorities, Instant now) {
        return authorities.stream()
                .filter(authority ->
                        !authority.from().plus(Signing.EARLIER).plus(settle).isAfter(now))
                .findFirst()
                .orElse(authorities.get(authorities.size() - 1));
    }

    private static Set<String> names(Pair pair) {
        try {
            Collection<List<?>> names = pair.certificate().getSubjectAlternativeNames();
            return names == null
                    ? Set.of()
                    : names.stream().map(name -> String.valueOf(name.get(1))).collect(Collectors.toSet());
        } catch (CertificateParsingException e) {
            return Set.of();
        }
    }
}
