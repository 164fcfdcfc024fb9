package dev.muster.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresTest {
    @TempDir
    Path home;

    @Test
    void what_was_committed_is_there_after_a_stop_and_a_start() throws Exception {
        try (Postgres first = Postgres.start(home, PostgresOptions.DURABLE)) {
            run(first, "create table kept as select 42 as n");
        }
        assertThat(PostmasterFile.read(home.resolve("data"))).isEmpty();
        try (Postgres second = Postgres.start(home, PostgresOptions.DURABLE)) {
            assertThat(ask(second, "select n from kept")).isEqualTo("42");
            assertThat(ask(second, "show fsync")).isEqualTo("on");
            assertThat(ask(second, "show listen_addresses")).isEqualTo("127.0.0.1");
        }
    }

    @Test
    void a_second_start_on_the_same_directory_adopts_the_server_that_runs() {
        try (Postgres first = Postgres.start(home, PostgresOptions.DURABLE);
                Postgres second = Postgres.start(home, PostgresOptions.DURABLE)) {
            assertThat(second.process()).isEqualTo(first.process());
            assertThat(second.url()).isEqualTo(first.url());
        }
    }

    @Test
    void a_server_that_is_killed_comes_back_at_the_same_address() throws Exception {
        try (Postgres server = Postgres.start(home, PostgresOptions.DURABLE)) {
            run(server, "create table kept as select 42 as n");
            ProcessHandle killed = server.process();
            killed.destroyForcibly();
            await().until(() -> !server.process().equals(killed));
            await().ignoreExceptions()
                    .until(() -> ask(server, "select n from kept").equals("42"));
        }
    }

    @Test
    void a_file_that_names_a_strangers_process_does_not_keep_the_server_from_starting() throws Exception {
        Postgres.start(home, PostgresOptions.DURABLE).close();
        long stranger = ProcessHandle.current().pid();
        Files.writeString(
                PostmasterFile.in(home.resolve("data")),
                stranger + "\n" + home.resolve("data") + "\n1700000000\n5432\n\n127.0.0.1\n");
        try (Postgres server = Postgres.start(home, PostgresOptions.DURABLE)) {
            assertThat(server.process().pid()).isNotEqualTo(stranger);
            assertThat(ask(server, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void nobody_gets_in_without_the_password_and_only_its_owner_can_read_it() throws Exception {
        try (Postgres server = Postgres.start(home, PostgresOptions.DURABLE)) {
            assertThatThrownBy(() -> DriverManager.getConnection(server.url(), Postgres.NAME, "guess"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
            assertThat(server.password()).matches("[0-9a-f]{64}");
            assertThat(ask(server, "select rolpassword from pg_authid where rolname = 'muster'"))
                    .startsWith("SCRAM-SHA-256$1:");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("password"))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void a_throwaway_server_leaves_nothing() throws Exception {
        Path own = home.resolve("own");
        try (Postgres server = Postgres.start(own, PostgresOptions.THROWAWAY)) {
            assertThat(ask(server, "show fsync")).isEqualTo("off");
        }
        assertThat(own).doesNotExist();
    }

    @Test
    void data_that_was_half_made_when_the_machine_stopped_is_made_anew() throws Exception {
        Files.createDirectories(home.resolve("data.new/base"));
        Files.writeString(home.resolve("data.new/PG_VERSION"), "18\n");
        try (Postgres server = Postgres.start(home, PostgresOptions.DURABLE)) {
            assertThat(ask(server, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void as_root_without_user_namespaces_it_runs_as_an_account_without_rights() throws Exception {
        assumeTrue(
                "root".equals(System.getProperty("user.name")),
                "only root needs another account; run as root to see it");
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
        Account account = Account.unprivileged();
        assumeTrue(account.reaches(home), "the temporary directory is closed to other accounts");
        Path own = home.resolve("own");
        try (Postgres server = Postgres.start(own, PostgresOptions.DURABLE, account)) {
            assertThat(server.process().info().user()).contains(account.owner());
            assertThat(ask(server, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void a_directory_that_the_account_cannot_enter_is_refused_with_the_way_out() throws IOException {
        assumeTrue(
                "root".equals(System.getProperty("user.name")),
                "only root needs another account; run as root to see it");
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx------"));
        assertThatThrownBy(
                        () -> Postgres.start(home.resolve("closed"), PostgresOptions.DURABLE, Account.unprivileged()))
                .hasMessageContaining("cannot enter")
                .hasMessageContaining("muster.data");
    }

    private static void run(Postgres server, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.url(), Postgres.NAME, server.password());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String ask(Postgres server, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.url(), Postgres.NAME, server.password());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
