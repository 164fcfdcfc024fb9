package dev.muster.controlplane;

import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestWatcher;

/** Hands one cluster to all test classes of a JVM: the one that {@code MUSTER_TEST_KUBECONFIG} names, else one of our own. */
final class SharedCluster implements ParameterResolver, TestWatcher, LifecycleMethodExecutionExceptionHandler {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == TestCluster.class || type == OwnControlPlane.class || type == K3sCluster.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        boolean inContainer = parameter.getParameter().getType() == K3sCluster.class;
        TestCluster cluster = (inContainer ? k3s(context) : lease(context)).cluster();
        if (!parameter.getParameter().getType().isInstance(cluster)) {
            Assumptions.abort("It stops parts of the control plane, and %s is not ours to stop: unset %s"
                    .formatted(cluster.description(), GivenCluster.VARIABLE));
        }
        return cluster;
    }

    @Override
    public void testFailed(ExtensionContext context, @Nullable Throwable cause) {
        lease(context).keepLogs();
    }

    @Override
    public void handleBeforeAllMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        lease(context).keepLogs();
        throw failure;
    }

    private static ClusterLease lease(ExtensionContext context) {
        return lease(
                context,
                "default",
                directory -> GivenCluster.isGiven() ? GivenCluster.open(directory) : OwnControlPlane.start(directory));
    }

    private static ClusterLease k3s(ExtensionContext context) {
        return lease(context, "k3s", K3sCluster::start);
    }

    private static ClusterLease lease(ExtensionContext context, String key, Function<Path, TestCluster> start) {
        return context.getStore(StoreScope.LAUNCHER_SESSION, Namespace.create(SharedCluster.class))
                .computeIfAbsent(key, none -> ClusterLease.take(Path.of("target"), start), ClusterLease.class);
    }
}
