package dev.muster.archive;

import dev.muster.Settings;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Which bucket the operator means. A setting that is missing or wrong is told at the start, all of them at once. */
final class OutputBucket {
    private static final String KEY = "muster.logs.s3.";

    private OutputBucket() {}

    /**
     * Empty where no endpoint is named: then files are all.
     *
     * @throws IllegalStateException where what is said is not enough
     */
    static Optional<Bucket.Place> of(Settings.S3 said) {
        if (said.endpoint().isEmpty()) {
            return Optional.empty();
        }
        List<String> wrong = new ArrayList<>();
        URI endpoint = said.endpoint().get();
        boolean isBare = endpoint.getRawQuery() == null
                && endpoint.getRawUserInfo() == null
                && (endpoint.getPath() == null || endpoint.getPath().matches("/?"));
        if (!List.of("http", "https").contains(String.valueOf(endpoint.getScheme()))
                || endpoint.getHost() == null
                || !isBare) {
            wrong.add(
                    "%sendpoint '%s': expected http:// or https:// and a host, such as https://s3.eu-central-1.amazonaws.com"
                            .formatted(KEY, endpoint));
        }
        if (said.bucket()
                .filter(name -> name.matches("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]"))
                .isEmpty()) {
            wrong.add("%sbucket '%s': expected the name of a bucket, 3 to 63 characters of a-z, 0-9, '.' and '-'"
                    .formatted(KEY, said.bucket().orElse("")));
        }
        if (!said.prefix().matches("([A-Za-z0-9_-][A-Za-z0-9._-]*/)+")) {
            wrong.add("%sprefix '%s': expected words of A-Z, a-z, 0-9, '.', '_' and '-' that each end with '/'"
                    .formatted(KEY, said.prefix()));
        }
        for (String[] needed : new String[][] {
            {"access-key", said.accessKey().orElse("")},
            {"secret-key", said.secretKey().orElse("")}
        }) {
            if (needed[1].isBlank()) {
                wrong.add("%s%s is missing: expected it with an endpoint, best in the environment as MUSTER_LOGS_S3_%s"
                        .formatted(
                                KEY,
                                needed[0],
                                needed[0].toUpperCase(Locale.ROOT).replace('-', '_')));
            }
        }
        if (!wrong.isEmpty()) {
            throw new IllegalStateException(String.join("\n", wrong));
        }
        return Optional.of(Bucket.Place.of(
                endpoint,
                said.bucket().orElseThrow(),
                said.region(),
                said.accessKey().orElseThrow(),
                said.secretKey().orElseThrow(),
                said.sessionToken().orElse(null)));
    }
}
