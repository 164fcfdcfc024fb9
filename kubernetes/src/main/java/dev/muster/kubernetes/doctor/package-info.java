/** What a new operator gets wrong in a cluster: one class a question, each answered with what was seen and the mend. */
@NullMarked
package dev.muster.kubernetes.doctor;

import org.jspecify.annotations.NullMarked;
