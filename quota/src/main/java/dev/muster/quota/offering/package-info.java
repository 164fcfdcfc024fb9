/** What pools may get from their provider: offerings, how launches into them went of late, and how long they take. */
@NullMarked
package dev.muster.quota.offering;

import org.jspecify.annotations.NullMarked;
