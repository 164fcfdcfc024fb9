package dev.muster.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.Settings;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which bucket the operator means, and what is said where that cannot be. */
class OutputBucketTest {
    @Test
    void without_an_endpoint_there_is_none() {
        assertThat(OutputBucket.of(said(null, null, "muster/", null))).isEmpty();
    }

    @Test
    void what_is_needed_is_enough() {
        Bucket.Place place = OutputBucket.of(said("http://minio.minio.svc:9000", "output", "a/b/", "secret"))
                .orElseThrow();
        assertThat(place.toString()).isEqualTo("http://minio.minio.svc:9000/output");
    }

    @Test
    void everything_that_is_wrong_is_told_at_once() {
        assertThatThrownBy(() -> OutputBucket.of(said("http://host/output", "Out put", "a b", " ")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("muster.logs.s3.endpoint 'http://host/output'")
                .hasMessageContaining("muster.logs.s3.bucket 'Out put'")
                .hasMessageContaining("muster.logs.s3.prefix 'a b'")
                .hasMessageContaining("muster.logs.s3.secret-key is missing")
                .hasMessageContaining("MUSTER_LOGS_S3_SECRET_KEY");
    }

    @ParameterizedTest
    @ValueSource(strings = {"minio:9000", "ftp://host", "http://key:secret@host", "https://host?x=1", "http:///"})
    void an_endpoint_is_a_scheme_and_a_host(String endpoint) {
        assertThatThrownBy(() -> OutputBucket.of(said(endpoint, "output", "muster/", "secret")))
                .hasMessageContaining("muster.logs.s3.endpoint");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/muster/", "muster", "a//", "../", "a/../b/"})
    void a_prefix_leads_nowhere_else(String prefix) {
        assertThatThrownBy(() -> OutputBucket.of(said("http://host", "output", prefix, "secret")))
                .hasMessageContaining("muster.logs.s3.prefix");
    }

    private static Settings.S3 said(String endpoint, String bucket, String prefix, String secret) {
        return new Settings.S3() {
            @Override
            public Optional<URI> endpoint() {
                return Optional.ofNullable(endpoint).map(URI::create);
            }

            @Override
            public Optional<String> bucket() {
                return Optional.ofNullable(bucket);
            }

            @Override
            public String prefix() {
                return prefix;
            }

            @Override
            public String region() {
                return "us-east-1";
            }

            @Override
            public Optional<String> accessKey() {
                return Optional.of("key");
            }

            @Override
            public Optional<String> secretKey() {
                return Optional.ofNullable(secret);
            }

            @Override
            public Optional<String> sessionToken() {
                return Optional.empty();
            }
        };
    }
}
