/** The certificates of the webhook: made here, kept elsewhere, renewed before they end. Pure: the time is given. */
@NullMarked
package dev.muster.admission.certificate;

import org.jspecify.annotations.NullMarked;
