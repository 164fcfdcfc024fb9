package dev.muster.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.cluster.ClusterUnavailable;
import dev.muster.cluster.LogChunk;
import dev.muster.cluster.PodRef;
import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.RoleName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Output that is whole goes to a bucket once, is read there by ranges, and stays a file as long as the bucket is away. */
class ShippingTest {
    private static final JobId JOB = new JobId("01m8cc2tas9nt13wtp7r01e2qd");
    private static final PodRef POD = new PodRef(new AttemptId(JOB, 1), new RoleName("worker"), 0);
    private static final String KEY = "muster/qd/01m8cc2tas9nt13wtp7r01e2qd/1/worker-0.log";

    @TempDir
    Path directory;

    private final S3StandIn s3 = new S3StandIn();
    private OutputFiles files;
    private Shipping shipping;

    @BeforeEach
    void open() {
        files = new OutputFiles(directory, 1_000);
        shipping = new Shipping(files, new Bucket(s3.place()), "muster/");
    }

    @AfterEach
    void close() {
        shipping.close();
        s3.close();
    }

    @Test
    void what_is_whole_goes_and_what_still_grows_stays() throws IOException {
        write("hel");
        shipping.offer(POD);
        assertThat(files.isToShip(POD)).isFalse();
        write("hello");
        files.complete(POD);
        assertThat(files.toShip(JOB)).containsExactly(POD);

        shipping.offer(POD);

        until(() -> files.isElsewhere(POD));
        assertThat(s3.objects).containsOnlyKeys(KEY);
        assertThat(Files.exists(files.output(POD))).isFalse();
        assertThat(files.isComplete(POD)).as("nothing comes any more").isTrue();
        assertThat(files.toShip(JOB)).isEmpty();
        assertThat(text(shipping.read(POD, 0, 100))).isEqualTo("hello");
        assertThat(text(shipping.read(POD, 1, 2))).isEqualTo("el");
        assertThat(shipping.read(POD, 1, 2).orElseThrow().end()).isFalse();
        assertThat(shipping.read(POD, 3, 2).orElseThrow().end()).isTrue();
        assertThat(shipping.read(POD, 5, 2).orElseThrow().end()).isTrue();
        assertThat(new OutputFiles(directory, 1_000).isElsewhere(POD))
                .as("after a restart")
                .isTrue();
    }

    @Test
    void while_the_bucket_is_away_files_stay_and_are_offered_again() {
        write("hello");
        files.complete(POD);
        s3.fault = 503;
        shipping.offer(POD);
        until(() -> !shipping.isBusy());
        assertThat(files.isToShip(POD)).isTrue();
        assertThatThrownBy(() -> shipping.read(POD, 0, 10))
                .isInstanceOf(ClusterUnavailable.class)
                .hasMessageContaining("answered 503");

        s3.fault = 0;
        shipping.offer(POD);
        until(() -> files.isElsewhere(POD));
    }

    @Test
    void who_was_killed_between_the_bucket_and_the_file_does_it_again() {
        write("hello");
        files.complete(POD);
        s3.objects.put(KEY, "hel".getBytes(StandardCharsets.UTF_8));

        shipping.offer(POD);

        until(() -> files.isElsewhere(POD));
        assertThat(text(shipping.read(POD, 0, 100))).isEqualTo("hello");
    }

    @Test
    void a_pod_that_wrote_nothing_has_nothing_there() {
        files.complete(POD);
        assertThat(files.isToShip(POD)).isFalse();
        assertThat(shipping.read(POD, 0, 10)).isEmpty();
    }

    @Test
    void a_job_that_goes_takes_along_all_of_its_own() throws IOException {
        s3.objects.put(KEY, new byte[1]);
        s3.objects.put(KEY.replace("worker-0", "worker-1"), new byte[1]);
        s3.objects.put(KEY.replace("/1/", "/2/"), new byte[1]);
        s3.objects.put("muster/qd/other/1/worker-0.log", new byte[1]);

        shipping.delete(JOB);

        assertThat(s3.objects).containsOnlyKeys("muster/qd/other/1/worker-0.log");
    }

    private void write(String text) {
        files.append(POD, new LogChunk(0, text.getBytes(StandardCharsets.UTF_8), false));
    }

    private static String text(Optional<LogChunk> chunk) {
        return new String(chunk.orElseThrow().bytes(), StandardCharsets.UTF_8);
    }

    private static void until(java.util.function.BooleanSupplier condition) {
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(condition::getAsBoolean);
    }
}
