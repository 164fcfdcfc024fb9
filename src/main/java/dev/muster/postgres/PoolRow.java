package dev.muster.postgres;

import jakarta.persistence.Entity;
import jakarta.persistence.Table;

/** A pool. */
@Entity
@Table(name = "pool")
class PoolRow extends SpecRow {}
