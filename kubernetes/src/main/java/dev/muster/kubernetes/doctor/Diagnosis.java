package dev.muster.kubernetes.doctor;

/** The answer to one question: {@code seen} is what was found, {@code mend} what to do about it (empty where all is well). */
public record Diagnosis(String check, Verdict verdict, String seen, String mend) {
    /** From good to bad. */
    public enum Verdict {
        OK,
        /** It works, and will not in a case that comes. */
        WARN,
        /** Jobs do not start, or what is promised does not hold. */
        FAIL
    }

    public static Diagnosis ok(String check, String seen) {
        return new Diagnosis(check, Verdict.OK, seen, "");
    }

    public static Diagnosis warn(String check, String seen, String mend) {
        return new Diagnosis(check, Verdict.WARN, seen, mend);
    }

    public static Diagnosis fail(String check, String seen, String mend) {
        return new Diagnosis(check, Verdict.FAIL, seen, mend);
    }
}
