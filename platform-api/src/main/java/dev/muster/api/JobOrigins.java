package dev.muster.api;

import java.util.List;

/** Where each value of a job comes from: {@code job}, {@code template NAME@REVISION}, {@code team NAME}, {@code spark} or {@code service}. */
public record JobOrigins(String job, List<Value> values) {
    /** {@code pointer} into the spec, roles and volumes by name. */
    public record Value(String pointer, String value, String origin) {}
}
