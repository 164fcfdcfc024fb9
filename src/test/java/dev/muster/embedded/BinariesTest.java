package dev.muster.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BinariesTest {
    @TempDir
    Path cache;

    @Test
    void two_services_that_unpack_at_once_leave_one_whole_copy() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<Binaries>> both =
                    List.of(threads.submit(() -> Binaries.in(cache)), threads.submit(() -> Binaries.in(cache)));
            assertThat(both.get(0).get()).isEqualTo(both.get(1).get());
        } finally {
            threads.shutdownNow();
        }
        Binaries binaries = Binaries.in(cache);
        assertThat(Path.of(binaries.program("postgres"))).isExecutable();
        try (Stream<Path> copies = Files.list(cache)) {
            assertThat(copies).containsExactly(binaries.directory());
        }
    }

    @Test
    void every_kind_of_machine_has_its_archive() {
        assertThat(Binaries.archive("Linux", "amd64")).isEqualTo("postgres-linux-x86_64.txz");
        assertThat(Binaries.archive("Linux", "aarch64")).isEqualTo("postgres-linux-arm_64.txz");
        assertThat(Binaries.archive("Mac OS X", "aarch64")).isEqualTo("postgres-darwin-arm_64.txz");
        assertThat(Binaries.archive("Mac OS X", "x86_64")).isEqualTo("postgres-darwin-x86_64.txz");
    }
}
