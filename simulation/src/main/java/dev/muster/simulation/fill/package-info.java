/** Filling a cluster: pods arrive one after the other, none leaves; how much of it can be given away before room is left that nobody can use. */
@NullMarked
package dev.muster.simulation.fill;

import org.jspecify.annotations.NullMarked;
