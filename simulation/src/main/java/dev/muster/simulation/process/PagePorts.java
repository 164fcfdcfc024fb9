package dev.muster.simulation.process;

import dev.muster.cluster.PodRef;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;

/**
 * Where processes of this machine are told to serve. Between the choice of a port and its use nobody can hold it for them; so it is one
 * that the system gives to nobody who asks for any, that no other pod was given, and that is free when its process starts.
 */
final class PagePorts {
    private static final Path GIVEN_BY_THE_SYSTEM = Path.of("/proc/sys/net/ipv4/ip_local_port_range");
    /** What other systems give, as IANA has it. */
    private static final String USUALLY_GIVEN = "49152 65535";

    private static final int LOWEST = 20_000;
    private static final int HIGHEST = 65_535;
    /** Node ports of Kubernetes, which may run here too. */
    private static final int NODE_PORTS = 30_000;

    private static final int LAST_NODE_PORT = 32_767;
    private static final int MOST_TRIES = 200;
    private static final int CONNECT_MILLIS = 1_000;

    private final Map<PodRef, Integer> given = new ConcurrentHashMap<>();
    private final IntSupplier candidates;

    PagePorts() {
        this(candidates(givenByTheSystem()));
    }

    PagePorts(IntSupplier candidates) {
        this.candidates = candidates;
    }

    /** A port for a process that is about to start; another one each time. */
    synchronized int give(PodRef pod) throws IOException {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            int port = candidates.getAsInt();
            if (!given.containsValue(port) && isFree(port)) {
                given.put(pod, port);
                return port;
            }
        }
        throw new IOException(
                "of %d ports to serve at that were tried none is free on this machine".formatted(MOST_TRIES));
    }

    /** A process that was found running serves there. */
    void keep(PodRef pod, int port) {
        given.put(pod, port);
    }

    /** Its process has ended. */
    void free(PodRef pod) {
        given.remove(pod);
    }

    /** Whether somebody serves there. */
    static boolean isServedAt(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
            return socket.getLocalPort() != port;
        } catch (IOException e) {
            return false;
        }
    }

    /** At every address of this machine, and without listening there. */
    private static boolean isFree(int port) {
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress(port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** By chance, so that several services of one machine seldom choose the same; {@code taken}: first and last that the system gives. */
    static IntSupplier candidates(String taken) {
        String[] ends = taken.strip().split("\\s+");
        int first = Integer.parseInt(ends[0]);
        int last = Integer.parseInt(ends[1]);
        int[] ports = IntStream.rangeClosed(LOWEST, HIGHEST)
                .filter(port -> port < first || port > last)
                .filter(port -> port < NODE_PORTS || port > LAST_NODE_PORT)
                .toArray();
        return ports.length < MOST_TRIES
                ? PagePorts::anyFree
                : () -> ports[ThreadLocalRandom.current().nextInt(ports.length)];
    }

    /** Where the system gives all of them, as it does. */
    static int anyFree() {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        } catch (IOException e) {
            return HIGHEST;
        }
    }

    /** Two numbers. Read at once: the kernel gives them to the first read only, however little that takes. */
    static String givenByTheSystem() {
        try (InputStream file = Files.newInputStream(GIVEN_BY_THE_SYSTEM)) {
            byte[] bytes = new byte[64];
            int length = Math.max(0, file.read(bytes));
            String text = new String(bytes, 0, length, StandardCharsets.US_ASCII).strip();
            return text.matches("\\d{1,5}\\s+\\d{1,5}") ? text : USUALLY_GIVEN;
        } catch (IOException e) {
            return USUALLY_GIVEN;
        }
    }
}
