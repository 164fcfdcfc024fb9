package dev.muster.cli.screen;

/** The few colours that are used, by their ANSI codes. */
public enum Colour {
    PLAIN(""),
    BOLD("1"),
    DIM("2"),
    RED("31"),
    GREEN("32"),
    YELLOW("33"),
    BLUE("34"),
    MAGENTA("35"),
    CYAN("36");

    private static final String ESCAPE = "\u001b[";

    private final String code;

    Colour(String code) {
        this.code = code;
    }

    String around(String text) {
        return this == PLAIN || text.isEmpty() ? text : ESCAPE + code + "m" + text + ESCAPE + "0m";
    }

    /** The colour of a job's or an attempt's state: waiting is yellow, work is blue, good is green, bad is red, steered by a person is magenta. */
    public static Colour ofState(String state) {
        return switch (state) {
            case "QUEUED", "RECOVERING" -> YELLOW;
            case "LAUNCHING" -> CYAN;
            case "RUNNING" -> BLUE;
            case "SUCCEEDED" -> GREEN;
            case "FAILED", "EXPIRED", "EVICTED", "LOST" -> RED;
            case "SUSPENDING", "SUSPENDED", "CANCELLING", "CANCELLED" -> MAGENTA;
            case "BLOCKED", "RELEASING", "ENDED", "PENDING" -> DIM;
            default -> PLAIN;
        };
    }
}
