package dev.muster.cluster;

/**
 * Where pods reach the service that launches them, where that is not known for good: a service on a machine of its own may come back on
 * another port than it had when a pod was launched that has not started yet.
 */
public final class ServiceAddress {
    /** Stands in addresses for whatever it is when the pod's process starts. No host can have this name. */
    public static final String LATER = "http://service-of-muster.invalid";

    private ServiceAddress() {}

    /** The text with the present address in it. */
    public static String now(String text, String address) {
        return text.startsWith(LATER + "/") ? address + text.substring(LATER.length()) : text;
    }
}
