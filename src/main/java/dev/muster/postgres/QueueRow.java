package dev.muster.postgres;

import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** A queue; its parent is a column too, so that the database refuses a dangling one. */
@Entity
@Table(name = "queue")
class QueueRow extends SpecRow {
    @Nullable
    String parent;
}
