package dev.muster.ui;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One resource's bar. All lengths are percent of the bar's scale, 0 to 100: {@code room} is what may be held at most,
 * {@code used} what is, of which {@code borrowed} is above deserved; {@code deserved} and {@code guarantee} are marks, absent
 * where nothing is set.
 */
public record Bar(
        String resource,
        String usedText,
        String roomText,
        double room,
        double used,
        double borrowed,
        @Nullable Double deserved,
        @Nullable Double guarantee,
        String sentence) {
    /** Of a pool: used of allocatable. */
    static Bar ofRoom(String resource, long used, long room) {
        String usedText = Amount.text(resource, used);
        String roomText = Amount.text(resource, room);
        return new Bar(
                Amount.label(resource),
                usedText,
                roomText,
                100,
                percent(used, room),
                0,
                null,
                null,
                "%s: %s of %s used".formatted(Amount.label(resource), usedText, roomText));
    }

    /** Of a queue, on a scale that all queues share. A capability that is not set is the whole scale. */
    static Bar ofShare(
            String resource,
            long used,
            @Nullable Long guarantee,
            @Nullable Long deserved,
            @Nullable Long capability,
            long scale) {
        long most = capability == null ? scale : Math.min(capability, scale);
        // Where nothing is deserved of it, the resource is not shared out: nobody borrows.
        long own = deserved == null ? used : deserved;
        String usedText = Amount.text(resource, used);
        String roomText = Amount.text(resource, capability == null ? scale : capability);
        String sentence = "%s: %s used".formatted(Amount.label(resource), usedText)
                + (guarantee == null ? "" : ", guarantee " + Amount.text(resource, guarantee))
                + (deserved == null ? "" : ", deserved " + Amount.text(resource, deserved))
                + (capability == null ? ", capability not limited" : ", capability " + roomText);
        return new Bar(
                Amount.label(resource),
                usedText,
                roomText,
                percent(most, scale),
                percent(Math.min(used, own), scale),
                percent(Math.max(0, used - own), scale),
                deserved == null || deserved == 0 ? null : percent(deserved, scale),
                guarantee == null || guarantee == 0 ? null : percent(guarantee, scale),
                sentence);
    }

    static double percent(long part, long whole) {
        return whole <= 0 ? 0 : Math.min(100, Math.round(part * 10_000.0 / whole) / 100.0);
    }

    /** Used of what may be held. */
    public String share() {
        return String.format(Locale.ROOT, "%.0f %%", Math.min(100, (used + borrowed) * 100 / Math.max(0.01, room)));
    }
}
