package dev.muster.controlplane.volcano;

import dev.muster.quota.name.NodeName;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.volcano.api.model.scheduling.v1beta1.PodGroup;
import io.fabric8.volcano.api.model.scheduling.v1beta1.Queue;
import io.fabric8.volcano.api.model.scheduling.v1beta1.QueueBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The scheduler named {@code volcano}, and what tests need of Volcano's controller: queues become Open. One thread owns all it
 * knows; informers only tell it. It keeps nothing: stopped and started again it reads the cluster.
 */
public final class SimulatedVolcano implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SimulatedVolcano.class);
    private static final int WRITERS = 16;
    private static final long SESSION_MILLIS = 100;

    private final KubernetesClient client;
    private final Writes writes;
    private final LinkedBlockingQueue<Runnable> told = new LinkedBlockingQueue<>();
    private final Board board = new Board();
    private final ExecutorService writers = Executors.newFixedThreadPool(WRITERS, SimulatedVolcano::thread);
    private final ExecutorService loop = Executors.newSingleThreadExecutor(SimulatedVolcano::thread);
    private final List<SharedIndexInformer<?>> informers = new ArrayList<>();
    private volatile boolean held;
    private volatile boolean closed;
    private final AtomicLong looks = new AtomicLong();

    private SimulatedVolcano(KubernetesClient client) {
        this.client = client;
        this.writes = new Writes(client);
    }

    /** Starts it on a client of its own, which it closes. */
    public static SimulatedVolcano start(KubernetesClient client) {
        SimulatedVolcano volcano = new SimulatedVolcano(client);
        volcano.createQueue(VolcanoQueues.ROOT);
        volcano.createQueue(VolcanoQueues.DEFAULT);
        volcano.watch(Queue.class, volcano.board::see, volcano.board::forget);
        volcano.watch(Node.class, volcano.board::see, volcano.board::forget);
        volcano.watch(PodGroup.class, volcano.board::see, volcano.board::forget);
        volcano.watch(Pod.class, volcano.board::see, volcano.board::forget);
        volcano.loop.execute(volcano::run);
        return volcano;
    }

    /** Nothing is scheduled until {@link #goOn}, as if the scheduler were down. */
    public void hold() {
        held = true;
    }

    public void goOn() {
        held = false;
    }

    public boolean isHeld() {
        return held;
    }

    /** How often it has looked at all that it was told. */
    public long looks() {
        return looks.get();
    }

    /** It looks again soon, also where nothing happened: it would rest for a second. */
    public void wake() {
        told.add(() -> {});
    }

    @Override
    public void close() {
        closed = true;
        loop.shutdownNow();
        writers.shutdownNow();
        informers.forEach(SharedIndexInformer::stop);
        client.close();
    }

    private void run() {
        while (!closed) {
            try {
                Runnable first = told.poll(1, TimeUnit.SECONDS);
                if (first != null) {
                    first.run();
                    TimeUnit.MILLISECONDS.sleep(SESSION_MILLIS);
                }
                for (Runnable next = told.poll(); next != null; next = told.poll()) {
                    next.run();
                }
                if (!held) {
                    session();
                }
                looks.incrementAndGet();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                if (!closed) {
                    LOG.error("A session of the simulated Volcano failed; the next one goes on", e);
                }
            }
        }
    }

    private void session() throws InterruptedException {
        Decisions decisions = board.decide(UUID.randomUUID().toString());
        List<Callable<Void>> work = new ArrayList<>();
        decisions.openings().forEach(queue -> work.add(done(() -> writes.open(queue))));
        decisions.bindings().forEach((task, node) -> work.add(done(() -> bind(task, node))));
        decisions
                .statuses()
                .forEach(each -> work.add(done(() -> {
                    PodGroup written = writes.status(each.group(), each.status());
                    if (written != null) {
                        told.add(() -> board.see(written));
                    }
                })));
        decisions.verdicts().forEach((task, verdict) -> work.add(done(() -> writes.verdict(task.pod(), verdict))));
        for (Future<Void> each : writers.invokeAll(work)) {
            try {
                each.get();
            } catch (ExecutionException e) {
                LOG.warn("A write of the simulated Volcano failed", e.getCause());
            }
        }
    }

    private void bind(Task task, NodeName node) {
        if (!writes.bind(task.pod(), node.value())) {
            told.add(() -> board.unbind(task));
        }
    }

    private static Callable<Void> done(Runnable work) {
        return () -> {
            work.run();
            return null;
        };
    }

    private <T extends HasMetadata> void watch(Class<T> kind, Consumer<T> see, Consumer<T> forget) {
        informers.add(client.resources(kind).inAnyNamespace().inform(new ResourceEventHandler<>() {
            @Override
            public void onAdd(T object) {
                told.add(() -> see.accept(object));
            }

            @Override
            public void onUpdate(T before, T object) {
                told.add(() -> see.accept(object));
            }

            @Override
            public void onDelete(T object, boolean unknown) {
                told.add(() -> forget.accept(object));
            }
        }));
    }

    private void createQueue(String name) {
        if (client.resources(Queue.class).withName(name).get() == null) {
            client.resource(new QueueBuilder()
                            .withNewMetadata()
                            .withName(name)
                            .endMetadata()
                            .withNewSpec()
                            .withWeight(1)
                            .withReclaimable(name.equals(VolcanoQueues.DEFAULT))
                            .endSpec()
                            .build())
                    .create();
        }
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "simulated-volcano");
        thread.setDaemon(true);
        return thread;
    }
}
