package dev.muster.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What everything that speaks the API of S3 does with our bucket; run by its subclasses. */
abstract class BucketContract {
    @TempDir
    Path directory;

    /** An empty bucket. */
    abstract Bucket.Place place();

    /** The same, asked by somebody who does not know the secret. */
    abstract Bucket.Place stranger();

    @Test
    void what_went_in_comes_out_by_ranges_and_each_knows_how_long_all_is() throws IOException {
        Bucket bucket = new Bucket(place());
        bucket.put("out put/is/no/key".replace(" ", "-"), file("hällo"));
        assertThat(bucket.read("out-put/is/no/key", 0, 100).orElseThrow().bytes())
                .isEqualTo("hällo".getBytes(StandardCharsets.UTF_8));
        Bucket.Piece part = bucket.read("out-put/is/no/key", 3, 2).orElseThrow();
        assertThat(new String(part.bytes(), StandardCharsets.UTF_8)).isEqualTo("ll");
        assertThat(part.size()).isEqualTo(6);
        Bucket.Piece beyond = bucket.read("out-put/is/no/key", 6, 100).orElseThrow();
        assertThat(beyond.bytes()).isEmpty();
        assertThat(beyond.size()).isEqualTo(6);
        assertThat(bucket.read("nothing", 0, 1)).isEmpty();
    }

    @Test
    void the_last_word_counts() throws IOException {
        Bucket bucket = new Bucket(place());
        bucket.put("a", file("first"));
        bucket.put("a", file("second"));
        assertThat(new String(bucket.read("a", 0, 100).orElseThrow().bytes(), StandardCharsets.UTF_8))
                .isEqualTo("second");
    }

    @Test
    void what_begins_alike_is_found_and_deleted() throws IOException {
        Bucket bucket = new Bucket(place());
        for (String key : List.of("p/1/a", "p/1/b", "p/1/c", "p/10/a")) {
            bucket.put(key, file(key));
        }
        List<String> deleted = new ArrayList<>();
        for (List<String> keys = bucket.keys("p/1/"); !keys.isEmpty(); keys = bucket.keys("p/1/")) {
            for (String key : keys) {
                bucket.delete(key);
                deleted.add(key);
            }
        }
        assertThat(deleted).containsExactlyInAnyOrder("p/1/a", "p/1/b", "p/1/c");
        assertThat(bucket.keys("p/")).containsExactly("p/10/a");
        bucket.delete("p/1/a");
    }

    @Test
    void a_stranger_is_told_so_and_the_secret_is_not() {
        assertThatThrownBy(() -> new Bucket(stranger()).put("a", file("x")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("answered 403 to PUT a")
                .hasMessageContaining("SignatureDoesNotMatch");
        assertThat(stranger().toString()).endsWith("/" + stranger().name()).doesNotContain("guess");
    }

    final Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("file"), text);
    }
}
