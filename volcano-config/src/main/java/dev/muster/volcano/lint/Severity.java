package dev.muster.volcano.lint;

/** How bad a finding is; the worst first. */
public enum Severity {
    /** Volcano refuses it, stops because of it, or does not do at all what is written. */
    ERROR,
    /** It works, and does harm where something happens that will happen. */
    WARNING,
    /** Worth knowing; it may be meant so. */
    NOTE
}
