/** Teams, queues, pools and priority classes being written: what must hold between them, and who changed them meanwhile. */
@NullMarked
package dev.muster.catalogue;

import org.jspecify.annotations.NullMarked;
