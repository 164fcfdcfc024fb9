package dev.muster.cli.trace;

/** A record that cannot be replayed, where it stands, and what exactly is wrong. */
public record Defect(long line, Kind kind, String detail) {
    /** Kinds of defects, each in the words of the final table. */
    public enum Kind {
        TORN("cut off in the middle"),
        WRONG_FIELDS("wrong number of fields"),
        NO_NUMBER("a field that is no number"),
        NO_ARRIVAL("no submit time"),
        NO_RUN_TIME("no run time"),
        NO_PODS("no processors"),
        OUT_OF_BOUNDS("a value out of bounds"),
        TOO_LONG("a line too long to be a record");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }
}
