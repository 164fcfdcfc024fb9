package dev.muster.operation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A directory that a program takes for the whole file system, as in a container: the image's files, this machine's programs, and the
 * volumes. Where the machine allows it, only volumes can be written; elsewhere the program sees the machine's own file system.
 */
final class ContainerRoot {
    /** Binds what is there, makes all of it read-only, and becomes the program; $1: the root, $2: the volumes' directory, $3: Java. */
    private static final String ENTER = """
            root=$1 volumes=$2 java=$3; shift 3
            mount --bind "$root" "$root"
            seal() { mount --bind "$1" "$root$1"; mount -o remount,bind,ro "$root$1"; }
            seal /usr; seal /etc
            case $java in /usr/*) ;; *) seal "$java" ;; esac
            mount --rbind /proc "$root/proc"; mount --rbind /dev "$root/dev"
            for volume in "$volumes"/*; do mount --bind "$volume" "$root/${volume##*/}"; done
            mount -o remount,bind,ro "$root"
            cd /
            exec chroot "$root" "$@"
            """;

    private static final boolean SEALABLE = mayBeAnybody()
            && Stream.of("unshare", "chroot", "mount").allMatch(ContainerRoot::isInstalled)
            && succeeds(entering("mount --bind /usr /usr && mount -o remount,bind,ro /usr"));

    private final Path root;
    private final Path volumes;

    private ContainerRoot(Path root, Path volumes) {
        this.root = root;
        this.volumes = volumes;
    }

    /** In an empty directory, with an empty volume for each of the names. */
    static ContainerRoot make(Path directory, List<String> names) throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path root = Files.createDirectory(directory.resolve("root"));
        Path volumes = Files.createDirectory(directory.resolve("volumes"));
        for (String name : names) {
            Files.createDirectory(root.resolve(name));
            Files.createDirectory(volumes.resolve(name));
        }
        if (canBeSealed()) {
            for (String name : List.of("usr", "etc", "proc", "dev")) {
                Files.createDirectory(root.resolve(name));
            }
            Files.createDirectories(root.resolve(java().toString().substring(1)));
            try (Stream<Path> all = Files.list(Path.of("/"))) {
                for (Path link : all.filter(Files::isSymbolicLink).toList()) {
                    Files.createSymbolicLink(root.resolve(link.getFileName().toString()), Files.readSymbolicLink(link));
                }
            }
        }
        return new ContainerRoot(root, volumes);
    }

    Path root() {
        return root;
    }

    Path volume(String name) {
        return volumes.resolve(name);
    }

    /** Whether this machine lets us make a file system read-only for one program alone. */
    static boolean canBeSealed() {
        return SEALABLE;
    }

    /** Whether this is root with the program that makes it somebody else. */
    static boolean mayBeAnybody() {
        return System.getProperty("user.name").equals("root") && isInstalled("setpriv");
    }

    /** The command as the user, without capabilities, in this root where that can be. */
    List<String> entered(long user, List<String> command) throws IOException {
        List<String> words = new ArrayList<>();
        if (canBeSealed()) {
            words.addAll(entering(ENTER));
            words.addAll(List.of("container", root.toString(), volumes.toString(), java().toString()));
        }
        if (mayBeAnybody()) {
            words.addAll(List.of(
                    "setpriv",
                    "--reuid=" + user,
                    "--regid=" + user,
                    "--clear-groups",
                    "--no-new-privs",
                    "--bounding-set=-all",
                    "--inh-caps=-all"));
        }
        for (String word : command) {
            words.add(word.equals("java") ? java().resolve("bin/java").toString() : seen(word));
        }
        return words;
    }

    /** A path of the container as the program sees it. */
    String seen(String path) throws IOException {
        if (canBeSealed()) {
            return path;
        }
        try (Stream<Path> all = Files.list(volumes)) {
            for (Path volume : all.toList()) {
                String name = "/" + volume.getFileName();
                if (path.equals(name) || path.startsWith(name + "/")) {
                    return volumes + path;
                }
            }
        }
        return path.startsWith("/app/") ? root + path : path;
    }

    private static List<String> entering(String script) {
        return List.of("unshare", "--mount", "--propagation", "private", "sh", "-euc", script);
    }

    private static Path java() {
        return Path.of(System.getProperty("java.home"));
    }

    private static boolean isInstalled(String program) {
        return Stream.of("/usr/bin", "/usr/sbin", "/bin", "/sbin")
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }

    private static boolean succeeds(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
