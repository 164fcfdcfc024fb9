package dev.muster.cli;

import picocli.CommandLine.Command;

/** The version. */
@Command(name = "version", description = "Prints the version of this command and of Java.", footer = "  muster version")
final class VersionCommand extends Verb {
    @Override
    public Integer call() {
        screen().print("muster %s (Java %s)".formatted(Version.text(), Runtime.version()));
        return ExitCode.OK;
    }
}
