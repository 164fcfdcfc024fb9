package dev.muster.web;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.UriBuilder;
import jakarta.ws.rs.ext.Provider;
import java.net.URI;

/** Some clients write the colon before a verb as %3A; it is the same path. */
@Provider
@PreMatching
public class VerbPaths implements ContainerRequestFilter {
    @Override
    public void filter(ContainerRequestContext request) {
        URI sent = request.getUriInfo().getRequestUri();
        String path = sent.getRawPath();
        if (path.contains("%3A") || path.contains("%3a")) {
            request.setRequestUri(UriBuilder.fromUri(sent)
                    .replacePath(path.replace("%3A", ":").replace("%3a", ":"))
                    .build());
        }
    }
}
