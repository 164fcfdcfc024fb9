package dev.muster.web;

import dev.muster.problem.MusterException;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/** Reads a body of JSON, strictly and at most {@link Limits#BODY_BYTES} of it. */
@Provider
@Priority(1)
@Consumes(MediaType.APPLICATION_JSON)
public class BodyReader implements MessageBodyReader<Body<?>> {

    @Override
    public boolean isReadable(Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
        return type == Body.class;
    }

    @Override
    public Body<?> readFrom(
            Class<Body<?>> type,
            Type genericType,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, String> headers,
            InputStream in)
            throws IOException {
        refuseTooLarge(headers.getFirst(HttpHeaders.CONTENT_LENGTH));
        byte[] bytes = in.readNBytes(Math.toIntExact(Limits.BODY_BYTES + 1));
        if (bytes.length > Limits.BODY_BYTES) {
            throw MusterException.tooLarge(Limits.BODY_BYTES);
        }
        Type content = ((ParameterizedType) genericType).getActualTypeArguments()[0];
        return new Body<>(StrictJson.read(bytes, content), hash(bytes));
    }

    private static void refuseTooLarge(@Nullable String length) {
        if (length != null && length.length() <= 18 && Long.parseLong(length) > Limits.BODY_BYTES) {
            throw MusterException.tooLarge(Limits.BODY_BYTES);
        }
    }

    private static byte[] hash(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
