package dev.muster.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * A PostgreSQL of our own as a child process: loopback only, a random password, data in one directory. A server that a killed
 * service left behind is adopted; one that dies is started again, at the same address, until {@link #close}.
 */
public final class Postgres implements AutoCloseable {
    /** The account and the database that the service uses. */
    public static final String NAME = "muster";

    private static final Logger LOG = Logger.getLogger(Postgres.class);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final PostgresFiles files;
    private final PostgresOptions options;
    private final String password;
    private final int port;
    private final Thread watch = new Thread(this::watch, "postgres-watch");
    private volatile ProcessHandle server;
    private volatile boolean closing;

    /** Starts the server whose data is below {@code home}, makes the data where there is none, adopts it where it runs. */
    public static Postgres start(Path home, PostgresOptions options) {
        return start(home, options, Account.choose());
    }

    static Postgres start(Path home, PostgresOptions options, Account account) {
        try {
            return new Postgres(PostgresFiles.in(home, account), options);
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL cannot be started in " + home, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while PostgreSQL was starting in " + home, e);
        }
    }

    private Postgres(PostgresFiles files, PostgresOptions options) throws IOException, InterruptedException {
        this.files = files;
        this.options = options;
        this.password = files.password();
        Optional<PostmasterFile> left = leftBehind();
        if (left.isPresent()) {
            this.port = left.get().port();
            this.server = left.get().process().orElseThrow();
            LOG.infof("Adopted the PostgreSQL that was left running, process %d on port %d", server.pid(), port);
        } else {
            this.port = freePort();
            this.server = launch().toHandle();
        }
        createDatabase();
        watch.setDaemon(true);
        watch.start();
    }

    /** For JDBC, with {@link #NAME} as the user. */
    public String url() {
        return url(NAME);
    }

    public String password() {
        return password;
    }

    /** The process as it is now; another one after it died. */
    public ProcessHandle process() {
        return server;
    }

    /** Ends the server: open transactions are rolled back. A throwaway one leaves nothing behind. */
    @Override
    public void close() {
        closing = true;
        watch.interrupt();
        try {
            watch.join();
            if (PostmasterFile.runs(server)) {
                String mode = options.durable() ? "fast" : "immediate";
                files.run("pg_ctl", "stop", "--pgdata=" + files.data(), "--wait", "--timeout=60", "--mode=" + mode);
            }
            if (!options.durable()) {
                Trees.delete(files.home());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL in " + files.home() + " cannot be ended", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database);
    }

    /** A server of an earlier service on the same data, once it answers; one that neither answers nor ends is ended. */
    private Optional<PostmasterFile> leftBehind() throws IOException, InterruptedException {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (true) {
            Optional<PostmasterFile> left = PostmasterFile.read(files.data())
                    .filter(file -> file.process().isPresent());
            if (left.isEmpty()) {
                // A file without a process: the number may belong to a stranger, and PostgreSQL would then refuse to
                // start.
                Files.deleteIfExists(PostmasterFile.in(files.data()));
                return left;
            }
            if (answers(left.get().port())) {
                return left;
            }
            if (Instant.now().isAfter(deadline)) {
                files.run("pg_ctl", "stop", "--pgdata=" + files.data(), "--wait", "--mode=immediate");
            }
            Thread.sleep(100);
        }
    }

    private Process launch() throws IOException, InterruptedException {
        String sync = options.durable() ? "on" : "off";
        Process process = new ProcessBuilder(files.account()
                        .command(
                                files.binaries().program("postgres"),
                                "-D",
                                files.data().toString(),
                                "-p",
                                Integer.toString(port),
                                "-c",
                                "listen_addresses=127.0.0.1",
                                "-c",
                                "unix_socket_directories=",
                                "-c",
                                "max_connections=60",
                                "-c",
                                "shared_buffers=128MB",
                                "-c",
                                "max_wal_size=2GB",
                                "-c",
                                "fsync=" + sync,
                                "-c",
                                "synchronous_commit=" + sync,
                                "-c",
                                "full_page_writes=" + sync))
                .directory(files.home().toFile())
                .redirectErrorStream(true)
                .redirectOutput(files.output().toFile())
                .start();
        process.getOutputStream().close();
        Instant deadline = Instant.now().plus(PATIENCE);
        while (!answers(port)) {
            if (!process.isAlive() || Instant.now().isAfter(deadline)) {
                process.destroy();
                throw new IOException("PostgreSQL in %s did not start:%n%s"
                        .formatted(
                                files.home(), Files.readString(files.output()).strip()));
            }
            Thread.sleep(30);
        }
        LOG.infof("Started PostgreSQL, process %d on port %d", process.pid(), port);
        return process;
    }

    /** True where a server takes our password on that port and keeps its data where ours is. */
    private boolean answers(int at) {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:%d/postgres?connectTimeout=5&socketTimeout=5".formatted(at),
                        NAME,
                        password);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("show data_directory")) {
            row.next();
            return Files.isSameFile(Path.of(row.getString(1)), files.data());
        } catch (SQLException | IOException e) {
            return false;
        }
    }

    private void createDatabase() throws IOException {
        try (Connection connection = DriverManager.getConnection(url("postgres"), NAME, password);
                Statement statement = connection.createStatement()) {
            try (ResultSet row = statement.executeQuery("select 1 from pg_database where datname = '" + NAME + "'")) {
                if (row.next()) {
                    return;
                }
            }
            statement.execute("create database " + NAME);
        } catch (SQLException e) {
            throw new IOException("The database " + NAME + " cannot be created", e);
        }
    }

    private void watch() {
        try {
            while (!closing) {
                if (PostmasterFile.runs(server)) {
                    Thread.sleep(200);
                } else {
                    LOG.warnf("PostgreSQL, process %d, has ended; it is started again", server.pid());
                    Thread.sleep(options.restartAfter().toMillis());
                    restart();
                }
            }
        } catch (InterruptedException e) {
            // Closing.
        }
    }

    private void restart() throws InterruptedException {
        try {
            server = leftBehind().flatMap(PostmasterFile::process).orElse(server);
            if (!PostmasterFile.runs(server)) {
                server = launch().toHandle();
            }
        } catch (IOException e) {
            LOG.errorf(e, "PostgreSQL could not be started again; the next try is in a second");
            Thread.sleep(1_000);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
