package dev.muster.postgres;

import jakarta.persistence.Entity;
import jakarta.persistence.Table;

/** A team. */
@Entity
@Table(name = "team")
class TeamRow extends SpecRow {}
