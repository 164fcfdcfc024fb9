package dev.muster.catalogue;

import dev.muster.postgres.Versioned;
import dev.muster.problem.MusterException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The way that every write of a named thing goes: compare with what is there, leave alone what is the same, write. */
final class Writing {
    private Writing() {}

    /** Puts one version of a thing if that version is still there; empty where it is not. */
    @FunctionalInterface
    interface Put<T> {
        Optional<Versioned<T>> put(T value, OptionalLong expected, String actor, Instant now);
    }

    static <T> Written<T> put(
            String kind, String name, T value, @Nullable Versioned<T> present, Edit edit, Instant now, Put<T> store) {
        Long version = present == null ? null : present.version();
        if (present != null && present.value().equals(value)) {
            edit.precondition().require(kind, name, version);
            return new Written<>(present, false);
        }
        edit.precondition().requireToReplace(kind, name, version);
        if (edit.dry()) {
            Instant created = present == null ? now : present.createdAt();
            return new Written<>(new Versioned<>(value, version == null ? 0 : version, created, now), present == null);
        }
        return store.put(value, OptionalLong.of(version == null ? 0 : version), edit.actor(), now)
                .map(written -> new Written<>(written, present == null))
                .orElseThrow(() -> MusterException.conflict(kind, name));
    }

    /** Deletes one version of a thing; false where it is not there. */
    @FunctionalInterface
    interface Delete {
        boolean delete(OptionalLong expected, String actor, Instant now);
    }

    static void delete(
            String kind, String name, Optional<? extends Versioned<?>> present, Edit edit, Instant now, Delete store) {
        long version =
                present.orElseThrow(() -> MusterException.notFound(kind, name)).version();
        edit.precondition().require(kind, name, version);
        if (!edit.dry() && !store.delete(OptionalLong.of(version), edit.actor(), now)) {
            throw MusterException.conflict(kind, name);
        }
    }
}
