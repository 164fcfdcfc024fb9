package dev.muster.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How to reach the embedded PostgreSQL of a data directory. */
record Database(String url, String user, String password) {
    static Database of(Path data) throws IOException {
        Path postgres = data.resolve("postgres");
        List<String> pid = Files.readAllLines(postgres.resolve("data/postmaster.pid"));
        return new Database(
                "jdbc:postgresql://127.0.0.1:" + pid.get(3).strip() + "/muster",
                "muster",
                Files.readString(postgres.resolve("password")).strip());
    }
}
