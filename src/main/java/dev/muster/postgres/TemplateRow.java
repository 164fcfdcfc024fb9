package dev.muster.postgres;

import jakarta.persistence.Entity;
import jakarta.persistence.Table;

/** A template. */
@Entity
@Table(name = "template")
class TemplateRow extends SpecRow {
    String team;
}
