package dev.muster.kubernetes.doctor;

import io.fabric8.kubernetes.api.model.admissionregistration.v1.WebhookClientConfig;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** Calls a webhook as the API server does: by its address, trusting its caBundle alone. */
record Handshake(WebhookClientConfig called, InstantSource clock) {
    private static final int TIMEOUT_MILLIS = 5_000;
    private static final Duration SOON = Duration.ofDays(7);

    Diagnosis look(String check) {
        String host;
        int port;
        if (called.getUrl() != null) {
            URI url = URI.create(called.getUrl());
            host = url.getHost();
            port = url.getPort() < 0 ? 443 : url.getPort();
        } else {
            host = called.getService().getName() + "." + called.getService().getNamespace() + ".svc";
            port = called.getService().getPort() == null
                    ? 443
                    : called.getService().getPort();
        }
        String address = host + ":" + port;
        try {
            X509Certificate shown = shown(host, port);
            Instant end = shown.getNotAfter().toInstant();
            return end.isBefore(clock.instant().plus(SOON))
                    ? Diagnosis.warn(
                            check,
                            "%s answers, and its certificate ends at %s".formatted(address, end),
                            "Muster renews it before: is it leading, and may it write its Secret? With cert-manager: look at the Certificate.")
                    : Diagnosis.ok(
                            check, "%s answers with a certificate that is trusted until %s".formatted(address, end));
        } catch (SSLException e) {
            return Diagnosis.fail(
                    check,
                    "%s answers with a certificate that caBundle does not trust: %s"
                            .formatted(address, ClusterDoctor.oneLine(e)),
                    "The API server refuses it, too. Restart Muster: it writes the caBundle of its certificate when it starts.");
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return Diagnosis.fail(
                    check,
                    "the caBundle of the configuration cannot be read: " + ClusterDoctor.oneLine(e),
                    "Take it away; Muster writes it when it starts.");
        } catch (IOException e) {
            return Diagnosis.fail(
                    check,
                    "%s does not answer: %s".formatted(address, ClusterDoctor.oneLine(e)),
                    "Look at the Service and its endpoints, and at network policies between the API server and it.");
        }
    }

    private X509Certificate shown(String host, int port) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        int number = 0;
        for (Certificate authority : authorities()) {
            trusted.setCertificateEntry("authority-" + number++, authority);
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(host, port), TIMEOUT_MILLIS);
            plain.setSoTimeout(TIMEOUT_MILLIS);
            try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, host, port, true)) {
                SSLParameters parameters = socket.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                socket.setSSLParameters(parameters);
                socket.startHandshake();
                return (X509Certificate) socket.getSession().getPeerCertificates()[0];
            }
        }
    }

    private Collection<? extends Certificate> authorities() throws GeneralSecurityException {
        byte[] pem = Base64.getDecoder().decode(called.getCaBundle());
        return CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem));
    }
}
