package dev.muster.kubernetes.doctor;

/** One question. It may throw: what could not be asked is an answer, too. */
public interface Check {
    /** The name, a heading of docs/doctor.md. */
    String name();

    Diagnosis look();
}
