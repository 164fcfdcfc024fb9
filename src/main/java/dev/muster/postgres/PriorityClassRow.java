package dev.muster.postgres;

import jakarta.persistence.Entity;
import jakarta.persistence.Table;

/** A priority class. */
@Entity
@Table(name = "priority_class")
class PriorityClassRow extends SpecRow {}
