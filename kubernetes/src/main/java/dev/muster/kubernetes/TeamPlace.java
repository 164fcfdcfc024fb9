package dev.muster.kubernetes;

import dev.muster.quota.name.Names;
import org.jspecify.annotations.Nullable;

/** Where the pods of a team live, and as whom they speak to Kubernetes; no service account: as nobody, without a token. */
public record TeamPlace(String namespace, @Nullable String serviceAccount) {
    /** The account of a team that names none; it is made with the team's place, and drivers that make pods need one. */
    public static final String DRIVER = "muster-driver";

    public TeamPlace {
        if (!Names.isLabel(namespace)) {
            throw new IllegalArgumentException(
                    "Bad namespace '%s': expected 1 to 63 characters of a-z, 0-9 and '-'".formatted(namespace));
        }
    }
}
