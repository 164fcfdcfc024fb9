package dev.muster.ui;

import io.quarkus.qute.TemplateExtension;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The addresses of the pages' files ({@code asset:} in templates): each carries a mark of its content, so that it may be kept. */
@TemplateExtension(namespace = "asset")
final class Assets {
    private static final Map<String, String> ADDRESSES = new ConcurrentHashMap<>();

    private Assets() {}

    static String sheet() {
        return ADDRESSES.computeIfAbsent("muster.css", Assets::address);
    }

    static String live() {
        return ADDRESSES.computeIfAbsent("live.js", Assets::address);
    }

    static String theme() {
        return ADDRESSES.computeIfAbsent("theme.js", Assets::address);
    }

    static String icons() {
        return ADDRESSES.computeIfAbsent("icons.svg", Assets::address);
    }

    private static String address(String name) {
        try (InputStream file = Assets.class.getResourceAsStream("/META-INF/resources/assets/" + name)) {
            if (file == null) {
                throw new IllegalStateException("The page's file %s is not in the build".formatted(name));
            }
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(file.readAllBytes());
            return "/assets/" + name + "?v=" + HexFormat.of().formatHex(digest, 0, 6);
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new IllegalStateException("Cannot read the page's file " + name, e);
        }
    }
}
