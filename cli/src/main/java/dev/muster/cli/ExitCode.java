package dev.muster.cli;

/** What the command's exit codes mean; {@code muster run} and {@code muster logs} of a command return the command's own. */
public final class ExitCode {
    public static final int OK = 0;
    /** What was waited for ended, and not well; a check found something. */
    public static final int JOB_FAILED = 1;
    /** The command line or a file is wrong; nothing was sent. */
    public static final int BAD_INPUT = 2;
    /** The service understood and refused. */
    public static final int REFUSED = 3;
    /** No service there, or it is away for a moment. */
    public static final int NOT_REACHABLE = 4;
    /** A defect of ours. */
    public static final int DEFECT = 5;
    /** Ended by Ctrl-C. */
    public static final int INTERRUPTED = 130;

    private ExitCode() {}
}
