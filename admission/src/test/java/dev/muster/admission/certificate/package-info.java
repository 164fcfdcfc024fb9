/** Tests of the webhook's certificates. */
@NullMarked
package dev.muster.admission.certificate;

import org.jspecify.annotations.NullMarked;
