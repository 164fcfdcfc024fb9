package dev.muster.controlplane;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Keeps a control plane up until its input ends or it is told to stop: for people, for measurements, and to run a real Volcano on.
 * {@code --bare} leaves Volcano and the kubelets of fake nodes to others.
 */
public final class Main {
    private Main() {}

    public static void main(String[] words) throws IOException {
        boolean bare = words.length == 2 && words[1].equals("--bare");
        if (words.length == 0 || (words.length > 1 && !bare)) {
            System.err.println("usage: cluster DIRECTORY [--bare]");
            System.exit(2);
        }
        Path directory = Files.createDirectories(Path.of(words[0]));
        OwnControlPlane plane = bare ? OwnControlPlane.startBare(directory) : OwnControlPlane.start(directory);
        Runtime.getRuntime().addShutdownHook(new Thread(plane::close));
        System.out.println(plane.kubeconfig());
        while (System.in.read() >= 0) {
            // Whoever started this ends it by closing its input, or by a signal.
        }
    }
}
