package dev.muster.web;

import dev.muster.access.Caller;
import dev.muster.api.Metadata;
import dev.muster.catalogue.Edit;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** What the writes of teams, queues, pools and priority classes have in common. */
@ApplicationScoped
public class Writes {
    private final Caller caller;

    Writes(Caller caller) {
        this.caller = caller;
    }

    Edit edit(
            @Nullable String ifMatch,
            @Nullable String ifNoneMatch,
            @Nullable Metadata metadata,
            @Nullable String validateOnly) {
        return new Edit(
                caller.actor().name(),
                IfMatch.of(ifMatch, ifNoneMatch, metadata == null ? null : metadata.etag()),
                Parameters.flag("validateOnly", validateOnly));
    }

    /** 201 for what is new. */
    static Response answer(Object view, Metadata metadata, boolean isNew, Edit edit) {
        Response.ResponseBuilder response =
                Response.status(isNew && !edit.dry() ? 201 : 200).entity(view);
        if (metadata.etag() != null) {
            response.header("ETag", metadata.etag());
        }
        return response.build();
    }

    static Response found(Object view, Metadata metadata) {
        return Response.ok(view).header("ETag", metadata.etag()).build();
    }
}
