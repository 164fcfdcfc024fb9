package dev.muster.volcano.conf;

/** Text that is no YAML, or YAML that is not read here: where, and what is wrong with it. */
public final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;

    private final int line;

    Unreadable(int line, String what) {
        super(what);
        this.line = line;
    }

    public int line() {
        return line;
    }

    public String what() {
        return String.valueOf(getMessage());
    }
}
