package dev.muster.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Commands of a person whose home is empty, against a service that answers what it was told to. */
abstract class AtATerminal {
    @TempDir
    private Path home;

    FakeService service;

    @BeforeEach
    void start() throws IOException {
        service = new FakeService();
    }

    @AfterEach
    void stop() {
        service.close();
    }

    Told muster(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--server", service.url()));
        return Told.by(Map.of("MUSTER_HOME", home.toString()), all.toArray(String[]::new));
    }
}
