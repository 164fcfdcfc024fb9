package dev.muster.catalogue;

import dev.muster.postgres.Versioned;

/** What is there after a write; {@code isNew}: it was not before. Of a write that was only tried it is what would be there. */
public record Written<T>(Versioned<T> thing, boolean isNew) {}
