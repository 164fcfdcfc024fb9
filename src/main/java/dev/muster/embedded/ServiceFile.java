package dev.muster.embedded;

import java.nio.file.Path;

/** {@code service.json} in the data directory: where the running service is, for the command line. */
public final class ServiceFile {
    private ServiceFile() {}

    public static void write(Path data, String url) {
        DataDirectory.writeSecretly(
                data.resolve("service.json"),
                "{\"url\":\"%s\",\"pid\":%d}%n"
                        .formatted(url, ProcessHandle.current().pid()));
    }
}
