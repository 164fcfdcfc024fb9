package dev.muster.kubernetes;

import dev.muster.quota.name.Names;
import org.jspecify.annotations.Nullable;

/** Where the pods of a team live, and as whom they speak to Kubernetes; no service account: as nobody, without a token. */
public record TeamPlace(String namespace, @Nullable String serviceAccount) {
    public TeamPlace {
        if (!Names.isLabel(namespace)) {
            throw new IllegalArgumentException(
                    "Bad namespace '%s': expected 1 to 63 characters of a-z, 0-9 and '-'".formatted(namespace));
        }
    }
}
