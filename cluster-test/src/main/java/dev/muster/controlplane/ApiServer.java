package dev.muster.controlplane;

import java.nio.file.Path;
import java.util.List;

/** The API server of a control plane: RBAC as in production, tokens from a file, a certificate that it signs itself. */
final class ApiServer {
    private final String address;
    private final Path certificates;
    private final Program program;

    ApiServer(Programs programs, Path directory, Etcd etcd, Credentials credentials, int port) {
        address = "https://127.0.0.1:" + port;
        certificates = directory.resolve("certificates");
        program = new Program(
                "kube-apiserver",
                List.of(
                        programs.path("kube-apiserver"),
                        "--etcd-servers=" + etcd.address(),
                        "--secure-port=" + port,
                        "--bind-address=127.0.0.1",
                        // Says where the service "kubernetes" leads, which nobody uses here; a machine may have no
                        // other address.
                        "--advertise-address=192.0.2.1",
                        "--endpoint-reconciler-type=none",
                        "--cert-dir=" + certificates,
                        "--service-account-key-file=" + credentials.publicKey(),
                        "--service-account-signing-key-file=" + credentials.privateKey(),
                        "--service-account-issuer=https://kubernetes.default.svc",
                        "--token-auth-file=" + credentials.tokenFile(),
                        "--authorization-mode=RBAC",
                        "--service-cluster-ip-range=10.96.0.0/16",
                        "--max-requests-inflight=1600",
                        "--max-mutating-requests-inflight=800",
                        "--profiling=false",
                        "--v=1"),
                directory);
    }

    Program program() {
        return program;
    }

    String address() {
        return address;
    }

    /** What clients trust; there once the server ran for the first time. */
    Path authority() {
        return certificates.resolve("apiserver.crt");
    }
}
