/** Pods as processes of this machine: started once, found again after a restart, ended as a group. */
@NullMarked
package dev.muster.simulation.process;

import org.jspecify.annotations.NullMarked;
