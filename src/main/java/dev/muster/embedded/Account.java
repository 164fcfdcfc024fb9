package dev.muster.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Under whose name PostgreSQL runs, for it refuses to run as root: {@code prefix} is put before its commands, {@code owner}
 * must own its files (null: whoever runs the service).
 */
record Account(List<String> prefix, @Nullable String owner) {
    /** The service's own account. */
    static final Account OWN = new Account(List.of(), null);

    /** As root within a user namespace of its own: it does not look like root, and its files stay root's. */
    static final Account NAMESPACE = new Account(List.of("unshare", "--user"), null);

    private static final List<String> UNPRIVILEGED = List.of("postgres", "nobody");

    Account {
        prefix = List.copyOf(prefix);
    }

    /** The one that works here. */
    static Account choose() {
        if (!"root".equals(System.getProperty("user.name"))) {
            return OWN;
        }
        return succeeds(NAMESPACE.command("true")) ? NAMESPACE : unprivileged();
    }

    /** As root without user namespaces: an account without rights. */
    static Account unprivileged() {
        for (String name : UNPRIVILEGED) {
            Account account = new Account(
                    List.of("setpriv", "--reuid=" + name, "--regid=" + group(name), "--clear-groups"), name);
            if (succeeds(account.command("true"))) {
                return account;
            }
        }
        throw new IllegalStateException(
                ("PostgreSQL refuses to run as root, and neither a user namespace (unshare --user) nor another account"
                                + " (setpriv to %s) can be had here%nRun the service as an ordinary user, or use a"
                                + " PostgreSQL of your own: muster.database=EXTERNAL and quarkus.datasource.jdbc.url.")
                        .formatted(String.join(" or ", UNPRIVILEGED)));
    }

    List<String> command(String... words) {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(words));
        return command;
    }

    /** True where this account can reach the directory as it is. */
    boolean reaches(Path directory) {
        return succeeds(command("test", "-x", directory.toString()));
    }

    /** Gives it the directory with everything in it. */
    void own(Path directory) throws IOException {
        if (owner == null) {
            return;
        }
        UserPrincipal user =
                directory.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(owner);
        for (Path path : Trees.everything(directory)) {
            if (!Files.isSymbolicLink(path)) {
                Files.setOwner(path, user);
            }
        }
    }

    private static String group(String user) {
        return user.equals("nobody") ? "65534" : user;
    }

    private static boolean succeeds(List<String> command) {
        try {
            return new ProcessBuilder(command)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
