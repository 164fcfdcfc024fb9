package dev.muster.controlplane;

import static org.awaitility.Awaitility.await;

import dev.muster.controlplane.volcano.SimulatedVolcano;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/** A control plane made of processes of this machine, on free ports of the loopback address. Tests may stop and hold its parts. */
public final class OwnControlPlane implements TestCluster, AutoCloseable {
    private static final Duration START = Duration.ofMinutes(2);
    /** Each a tenth of a second after the last, or more where the machine is busy. */
    private static final int LOOKS = 8;

    private final Path directory;
    private final Etcd etcd;
    private final ApiServer apiServer;
    private final Credentials credentials;
    private final List<Program> controllers;
    private final Program kubelets;
    private final Path kubeconfig;
    private final KubernetesClient client;
    private @Nullable SimulatedVolcano volcano;

    private OwnControlPlane(Programs programs, Path directory) {
        this.directory = directory;
        List<Integer> ports = Ports.free(6);
        credentials = new Credentials(directory);
        etcd = new Etcd(programs, directory, ports.get(0), ports.get(1));
        apiServer = new ApiServer(programs, directory, etcd, credentials, ports.get(2));
        kubeconfig = directory.resolve("admin.kubeconfig");
        etcd.program().start();
        apiServer.program().start();
        await("the certificate of the API server")
                .atMost(START)
                .until(() -> Files.exists(apiServer.authority())
                        || !apiServer.program().runs());
        write("admin.kubeconfig", Credentials.User.ADMIN);
        client = TestCluster.client(kubeconfig);
        controllers = List.of(controllerManager(programs, ports.get(3)), scheduler(programs, ports.get(4)));
        kubelets = Kwok.program(programs, directory, kubeconfig, player(), ports.get(5));
    }

    /** Starts all of it in a directory, which keeps data and logs. */
    public static OwnControlPlane start(Path directory) {
        OwnControlPlane plane = startBare(directory);
        try {
            plane.kubelets.start();
            CustomResources.apply(plane.client);
            plane.volcano = SimulatedVolcano.start(plane.newClient());
            return plane;
        } catch (RuntimeException | Error e) {
            plane.close();
            throw e;
        }
    }

    /** Starts it without Volcano's kinds, its scheduler and the kubelets of fake nodes, for somebody who brings them. */
    static OwnControlPlane startBare(Path directory) {
        OwnControlPlane plane = new OwnControlPlane(Programs.find(), directory.toAbsolutePath());
        try {
            plane.awaitApiServer();
            plane.controllers.forEach(Program::start);
            return plane;
        } catch (RuntimeException | Error e) {
            plane.close();
            throw e;
        }
    }

    @Override
    public String description() {
        return "a control plane of its own, with the simulated Volcano, in " + directory;
    }

    @Override
    public KubernetesClient client() {
        return client;
    }

    @Override
    public Path kubeconfig() {
        return kubeconfig;
    }

    @Override
    public Path directory() {
        return directory;
    }

    @Override
    public void letSchedulerLook() {
        SimulatedVolcano scheduler = volcano;
        if (scheduler == null) {
            TestCluster.super.letSchedulerLook();
            return;
        }
        long until = scheduler.looks() + LOOKS;
        await("a scheduler that looks")
                .atMost(START)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    scheduler.wake();
                    return scheduler.looks() >= until;
                });
    }

    /** As if the machine of the API server were gone: nobody answers on its port. */
    public void stopApiServer() {
        apiServer.program().kill();
    }

    /**
     * Starts it again on the same port, and waits until it is ready. Who follows it is started anew: after a long absence they
     * come back when their patience says, which is after that of a test.
     */
    public void startApiServer() {
        apiServer.program().start();
        awaitApiServer();
        startFollowersAnew();
    }

    /** The API server takes connections and answers nothing, until {@link #letApiServerGoOn}. */
    public void holdApiServer() {
        apiServer.program().hold();
    }

    /** Lets it answer again; who follows it is started anew, as after {@link #startApiServer}. */
    public void letApiServerGoOn() {
        apiServer.program().goOn();
        awaitApiServer();
        startFollowersAnew();
    }

    /**
     * Forgets every older revision, in the store and in the API server's memory, which it restarts: who goes on watching from an
     * older one is told 410.
     */
    public void forgetTheOld() {
        stopApiServer();
        etcd.compact();
        startApiServer();
    }

    /** The scheduler named volcano; a test may hold it. */
    public SimulatedVolcano volcano() {
        return Objects.requireNonNull(volcano);
    }

    @Override
    public void close() {
        if (volcano != null) {
            volcano.close();
        }
        client.close();
        kubelets.kill();
        controllers.forEach(Program::kill);
        apiServer.program().kill();
        etcd.program().kill();
    }

    private void startFollowersAnew() {
        controllers.forEach(Program::kill);
        controllers.forEach(Program::start);
        if (volcano != null) {
            kubelets.kill();
            // A KWOK that is started anew takes itself for another one: it would wait until these leases run out.
            client.leases().inNamespace("kube-node-lease").delete();
            kubelets.start();
            boolean held = volcano.isHeld();
            volcano.close();
            volcano = SimulatedVolcano.start(newClient());
            if (held) {
                volcano.hold();
            }
        }
    }

    private void awaitApiServer() {
        try {
            await("an API server that is ready")
                    .atMost(START)
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> isReady()
                            || !apiServer.program().runs()
                            || !etcd.program().runs());
        } catch (ConditionTimeoutException e) {
            throw notReady();
        }
        if (!isReady()) {
            throw notReady();
        }
    }

    private IllegalStateException notReady() {
        Program first = etcd.program().runs() ? apiServer.program() : etcd.program();
        return new IllegalStateException(
                "The control plane did not start; the last lines of %s:%n%s".formatted(first.log(), first.lastWords()));
    }

    private boolean isReady() {
        try {
            return "ok".equals(client.raw("/readyz"));
        } catch (KubernetesClientException e) {
            return false;
        }
    }

    private Path write(String name, Credentials.User user) {
        return Kubeconfig.of(apiServer.address(), apiServer.authority(), credentials.token(user))
                .write(directory.resolve(name));
    }

    private Program controllerManager(Programs programs, int port) {
        return new Program(
                "kube-controller-manager",
                List.of(
                        programs.path("kube-controller-manager"),
                        "--kubeconfig=" + write("controllers.kubeconfig", Credentials.User.CONTROLLERS),
                        "--controllers=*,-nodeipam,-route,-cloud-node-lifecycle,-service-lb-controller",
                        "--leader-elect=false",
                        "--use-service-account-credentials=true",
                        "--service-account-private-key-file=" + credentials.privateKey(),
                        "--root-ca-file=" + apiServer.authority(),
                        "--bind-address=127.0.0.1",
                        "--secure-port=" + port,
                        "--cert-dir=" + directory.resolve("controllers-certificates"),
                        // The fake nodes report seldom: a thousand of them would else be most of the load.
                        "--node-monitor-grace-period=10m",
                        "--kube-api-qps=300",
                        "--kube-api-burst=600"),
                directory);
    }

    private Program scheduler(Programs programs, int port) {
        return new Program(
                "kube-scheduler",
                List.of(
                        programs.path("kube-scheduler"),
                        "--kubeconfig=" + write("scheduler.kubeconfig", Credentials.User.SCHEDULER),
                        "--leader-elect=false",
                        "--bind-address=127.0.0.1",
                        "--secure-port=" + port,
                        "--cert-dir=" + directory.resolve("scheduler-certificates"),
                        "--kube-api-qps=300",
                        "--kube-api-burst=600"),
                directory);
    }
}
