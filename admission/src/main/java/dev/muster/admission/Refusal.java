package dev.muster.admission;

/** Why an object is not taken: what is wrong with which value, and on the second line what the reader can do. */
public record Refusal(int status, String what, String mend) {
    /** The asker may not. */
    static Refusal forbidden(String what, String mend) {
        return new Refusal(403, what, mend);
    }

    /** The object is wrong, whoever asks. */
    static Refusal invalid(String what, String mend) {
        return new Refusal(422, what, mend);
    }

    String text() {
        return what + ". " + mend + ".";
    }
}
