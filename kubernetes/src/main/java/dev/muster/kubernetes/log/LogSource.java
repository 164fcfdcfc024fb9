package dev.muster.kubernetes.log;

/** The container whose output is read. {@code over}: nothing more comes, as its pod has ended. */
public record LogSource(String namespace, String pod, String uid, String container, boolean over) {
    String path() {
        return "/api/v1/namespaces/%s/pods/%s/log?container=%s&timestamps=true".formatted(namespace, pod, container);
    }
}
