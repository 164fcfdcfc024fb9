package dev.muster.simulation.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The shell script around each command. It claims the pod's directory (so a command runs at most once, however often it is
 * started), writes its pid and the port that it was told, keeps the output up to a limit, and writes the exit code: all of it without this program.
 */
final class Wrapper {
    // A TERM that comes before the command must not be lost: then the command does not run. The reader ignores TERM, so
    // that what the command says while it stops is kept. ulimit counts blocks of 512 bytes;
    // the
    // first cat dies at the limit and the second throws away the rest, so that the command is never blocked.
    private static final String SCRIPT = """
            dir=$1; blocks=$2; ours=$3; theirs=$PATH; shift 3
            PATH=$ours
            mkdir "$dir/started" 2>/dev/null || exit 0
            echo "$MUSTER_PAGE_PORT" > "$dir/page-port"
            echo $$ > "$dir/pid.new" && mv "$dir/pid.new" "$dir/pid"
            trap : TERM INT HUP QUIT
            {
              code=
              trap 'code=143' TERM
              trap : INT HUP QUIT
              PATH=$theirs
              if [ -z "$code" ]; then "$@"; code=$?; fi
              PATH=$ours
              echo $code > "$dir/exit.new" && mv "$dir/exit.new" "$dir/exit"
            } 2>&1 | {
              trap '' TERM INT HUP QUIT PIPE
              ulimit -c 0; ulimit -f "$blocks"
              cat >> "$dir/output"
              cat > /dev/null
            } 2>/dev/null
            """;
    private static final String SET_SESSION = "use POSIX; POSIX::setsid(); exec { $ARGV[0] } @ARGV or exit 127";

    private final List<String> prefix;

    private Wrapper(List<String> prefix) {
        this.prefix = prefix;
    }

    /** With a session of its own for each command where {@code setsid} or {@code perl} is at hand, else without. */
    static Wrapper ofThisMachine() {
        if (isOnPath("setsid")) {
            return new Wrapper(List.of("setsid"));
        }
        return new Wrapper(isOnPath("perl") ? List.of("perl", "-e", SET_SESSION) : List.of());
    }

    /** No session: processes are found by their parents. */
    static Wrapper withoutSession() {
        return new Wrapper(List.of());
    }

    /** True where the wrapper's pid is the id of a group that holds the command and its children. */
    boolean makesGroup() {
        return !prefix.isEmpty();
    }

    List<String> around(PodDirectory directory, long outputLimit, List<String> command) {
        List<String> all = new ArrayList<>(prefix);
        all.addAll(List.of(
                "/bin/sh",
                "-c",
                SCRIPT,
                "muster",
                directory.path().toString(),
                Long.toString(Math.max(1, outputLimit / 512)),
                path()));
        all.addAll(command);
        return all;
    }

    private static boolean isOnPath(String program) {
        return Stream.of(path().split(File.pathSeparator))
                .filter(directory -> !directory.isEmpty())
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }

    private static String path() {
        return System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
    }
}
