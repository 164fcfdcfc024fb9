package dev.muster.postgres;

import jakarta.persistence.Entity;
import jakarta.persistence.Table;

/** A schedule; what moves by itself is written past this. */
@Entity
@Table(name = "schedule")
class ScheduleRow extends SpecRow {
    String team;
}
