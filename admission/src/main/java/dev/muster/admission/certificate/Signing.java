package dev.muster.admission.certificate;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Makes authorities and what they sign: P-256 keys, no intermediate, valid from an hour before for clocks that differ. */
final class Signing {
    static final Duration EARLIER = Duration.ofHours(1);
    private static final SecureRandom RANDOM = new SecureRandom();

    private Signing() {}

    static Pair authority(Instant now, Duration life) {
        KeyPair keys = keys();
        X500Principal name = new X500Principal("CN=muster-webhook-" + Long.toHexString(RANDOM.nextLong()));
        try {
            X509v3CertificateBuilder builder = builder(name, name, keys, now, life)
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign))
                    .addExtension(
                            Extension.subjectKeyIdentifier,
                            false,
                            new JcaX509ExtensionUtils().createSubjectKeyIdentifier(keys.getPublic()));
            return signed(builder, keys, keys);
        } catch (GeneralSecurityException | CertIOException e) {
            throw new IllegalStateException("A certificate cannot be made", e);
        }
    }

    /** Never valid for longer than its authority. */
    static Pair serving(Pair authority, List<String> hosts, Instant now, Duration life) {
        KeyPair keys = keys();
        GeneralName[] names = hosts.stream()
                .map(host -> new GeneralName(isAddress(host) ? GeneralName.iPAddress : GeneralName.dNSName, host))
                .toArray(GeneralName[]::new);
        Duration left = Duration.between(now, authority.until());
        Duration allowed = left.compareTo(life) < 0 ? left : life;
        try {
            X509v3CertificateBuilder builder = builder(
                            authority.certificate().getSubjectX500Principal(),
                            new X500Principal("CN=muster-webhook"),
                            keys,
                            now,
                            allowed)
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                    .addExtension(
                            Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
                    .addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names))
                    .addExtension(
                            Extension.authorityKeyIdentifier,
                            false,
                            new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(authority.certificate()));
            return signed(builder, keys, new KeyPair(authority.certificate().getPublicKey(), authority.key()));
        } catch (GeneralSecurityException | CertIOException e) {
            throw new IllegalStateException("A certificate cannot be made", e);
        }
    }

    static boolean isAddress(String host) {
        return host.matches("[0-9.]+") || host.contains(":");
    }

    private static X509v3CertificateBuilder builder(
            X500Principal issuer, X500Principal subject, KeyPair keys, Instant now, Duration life) {
        return new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(120, RANDOM),
                Date.from(now.minus(EARLIER)),
                Date.from(now.plus(life)),
                subject,
                keys.getPublic());
    }

    private static Pair signed(X509v3CertificateBuilder builder, KeyPair keys, KeyPair signer)
            throws GeneralSecurityException {
        try {
            return new Pair(
                    new JcaX509CertificateConverter()
                            .getCertificate(builder.build(
                                    new JcaContentSignerBuilder("SHA256withECDSA").build(signer.getPrivate()))),
                    keys.getPrivate());
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException(e);
        }
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has P-256", e);
        }
    }
}
