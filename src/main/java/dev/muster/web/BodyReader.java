package dev.muster.web;

import dev.muster.access.Gate;
import dev.muster.problem.MusterException;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Consumes;
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
        byte[] bytes = in.readNBytes(Math.toIntExact(Gate.MOST_BYTES + 1));
        if (bytes.length > Gate.MOST_BYTES) {
            throw MusterException.tooLarge(Gate.MOST_BYTES);
        }
        Type content = ((ParameterizedType) genericType).getActualTypeArguments()[0];
        return new Body<>(StrictJson.read(bytes, content), hash(bytes));
    }

    private static byte[] hash(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
