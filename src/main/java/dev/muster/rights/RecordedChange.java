package dev.muster.rights;

import org.jspecify.annotations.Nullable;

/** A change as it is in the record; {@code facts} null: the service did it in somebody's name. */
public record RecordedChange(
        long id, Change change, @Nullable CallFacts facts) {}
