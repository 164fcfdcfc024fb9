package dev.muster.controlplane;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test class on a cluster, named {@code *ClusterIT}: its methods and constructor may ask for a {@link TestCluster}, or for an
 * {@link OwnControlPlane} where they stop parts of it. One cluster serves all classes of a JVM; {@code ./muster test-cluster} runs
 * them.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("cluster")
@ExtendWith(SharedCluster.class)
public @interface ClusterTest {}
