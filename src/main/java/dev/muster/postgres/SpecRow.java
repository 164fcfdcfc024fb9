package dev.muster.postgres;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Id;
import jakarta.persistence.MappedSuperclass;
import java.time.Instant;
import org.hibernate.annotations.ColumnTransformer;

/** What the rows of teams, queues, pools and priority classes have in common. */
@MappedSuperclass
abstract class SpecRow extends PanacheEntityBase {
    @Id
    String name;

    long version;

    @ColumnTransformer(write = "?::jsonb")
    String spec;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "updated_at")
    Instant updatedAt;
}
