/** What the autoscaler of the cluster says and shows: its status, its flags, its events about pods. */
@NullMarked
package dev.muster.kubernetes.autoscaler;

import org.jspecify.annotations.NullMarked;
