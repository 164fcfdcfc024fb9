/** What a configuration of Volcano's scheduler really does: rules, findings, and the mend of each. */
@NullMarked
package dev.muster.volcano.lint;

import org.jspecify.annotations.NullMarked;
