package dev.muster.cluster;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The file in which a command leaves a small result, and how its bytes become a text that everything can hold. */
public final class ResultFile {
    /** Tells a pod which file it is. */
    public static final String VARIABLE = "MUSTER_RESULT_FILE";

    /** As much as Kubernetes keeps of a container's termination message. */
    public static final int MOST_BYTES = 4_096;

    private ResultFile() {}

    /** The first of the bytes; what is no UTF-8 is marked as such, a character that is cut is left out. */
    public static String text(byte[] bytes) {
        int length = Math.min(bytes.length, MOST_BYTES);
        if (bytes.length > length) {
            // Not within a character.
            while (length > 0 && (bytes[length] & 0xC0) == 0x80) {
                length--;
            }
        }
        return text(new String(Arrays.copyOf(bytes, length), StandardCharsets.UTF_8));
    }

    /** No column holds a NUL. */
    public static String text(String said) {
        return said.replace('\0', '\uFFFD');
    }
}
