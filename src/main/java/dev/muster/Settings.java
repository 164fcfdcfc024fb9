package dev.muster;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Everything that an operator may turn. Keys start with "muster."; each may also be an environment variable MUSTER_…. */
@ConfigMapping(prefix = "muster")
public interface Settings {
    /** The directory that holds what must survive: the database, the cluster's journal, the token. */
    @WithDefault(".muster")
    Path data();

    /** Where jobs are kept: in a PostgreSQL that the service starts itself, or in one given by quarkus.datasource. */
    @WithDefault("EMBEDDED")
    Database database();

    /** See {@link Settings#database}. */
    enum Database {
        EMBEDDED,
        EXTERNAL
    }

    /** Who may call, and by which name. */
    Access access();

    /** See {@link Settings#access}. */
    interface Access {
        /** Names by which the service is reached beside 127.0.0.1, localhost and [::1]; without a port: on any. */
        Optional<List<String>> hosts();

        /** Origins whose pages may call, such as https://console.example.com; the service's own always may. */
        Optional<List<String>> origins();
    }
}
