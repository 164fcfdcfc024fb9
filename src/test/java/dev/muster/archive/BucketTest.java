package dev.muster.archive;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A stand-in that works out signatures itself keeps the contract; and what is said where it is away. */
class BucketTest extends BucketContract {
    private final S3StandIn s3 = new S3StandIn();

    @AfterEach
    void close() {
        s3.close();
    }

    @Override
    Bucket.Place place() {
        return s3.place();
    }

    @Override
    Bucket.Place stranger() {
        return s3.place("a guess");
    }

    @Test
    void what_cannot_be_had_is_told_with_the_place_and_the_answer() {
        s3.fault = 503;
        assertThatThrownBy(() -> new Bucket(place()).read("a", 0, 1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(place() + " answered 503 to GET a: <Error><Code>SlowDown");
        Bucket.Place nobody = s3.place();
        s3.close();
        assertThatThrownBy(() -> new Bucket(nobody).delete("a")).isInstanceOf(IOException.class);
    }
}
