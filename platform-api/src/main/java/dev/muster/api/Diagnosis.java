package dev.muster.api;

/** The answer to one question of the doctor: {@code verdict} is OK, WARN or FAIL. */
public record Diagnosis(String check, String verdict, String seen, String mend) {}
