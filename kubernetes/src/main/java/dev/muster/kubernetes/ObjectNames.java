package dev.muster.kubernetes;

import dev.muster.cluster.PodRef;
import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.Names;
import dev.muster.quota.name.RoleName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * How objects in the cluster are called. The same thing always has the same name, so a creation that is repeated finds what it
 * made. What is longer than a label may be is cut, and a digest of the whole keeps it apart from its neighbours.
 */
final class ObjectNames {
    private static final int DIGEST = 10;

    private ObjectNames() {}

    /** The PodGroup of an attempt, and the label that its pods carry. */
    static String of(AttemptId attempt) {
        return fitting(attempt.toString());
    }

    /** The headless Service of an attempt; the name of a Service begins with a letter. */
    static String service(AttemptId attempt) {
        return fitting("gang-" + attempt);
    }

    static String of(PodRef pod) {
        return fitting(pod.toString());
    }

    /** What keeps room for that pod. */
    static String placeholder(PodRef pod) {
        return fitting(pod + "-placeholder");
    }

    /** What asks for the next node of that pod. */
    static String forerunner(PodRef pod) {
        return fitting(pod + "-forerunner");
    }

    /** The host name of a pod within its attempt's Service. */
    static String host(RoleName role, int index) {
        return fitting(role + "-" + index);
    }

    /** The name itself where it is a label, else its beginning and a digest of all of it. */
    static String fitting(String name) {
        if (name.length() <= Names.LONGEST) {
            return name;
        }
        String head = name.substring(0, Names.LONGEST - DIGEST - 1);
        return head.replaceAll("[-.]+$", "") + "-" + digest(name);
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, DIGEST);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
