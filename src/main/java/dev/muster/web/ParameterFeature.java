package dev.muster.web;

import dev.muster.problem.MusterException;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Refuses query parameters that a method does not have, or that come twice: a typo must not list everything. */
@Provider
public class ParameterFeature implements DynamicFeature {

    @Override
    public void configure(ResourceInfo method, FeatureContext context) {
        if (!method.getResourceClass().getPackageName().equals(getClass().getPackageName())) {
            // The pages: their links are kept, passed on and decorated, and several states may be asked for.
            return;
        }
        Set<String> known = Arrays.stream(method.getResourceMethod().getParameters())
                .map((Parameter parameter) -> parameter.getAnnotation(QueryParam.class))
                .filter(Objects::nonNull)
                .map(QueryParam::value)
                .collect(Collectors.toCollection(TreeSet::new));
        context.register(new OnlyKnown(known));
    }

    private record OnlyKnown(Set<String> known) implements ContainerRequestFilter {
        @Override
        public void filter(ContainerRequestContext request) {
            request.getUriInfo().getQueryParameters().forEach((name, values) -> {
                if (!known.contains(name)) {
                    throw MusterException.invalidParameter(
                            "parameter",
                            name,
                            known.isEmpty()
                                    ? "none; this path takes no parameters"
                                    : "one of " + String.join(", ", known));
                }
                // An empty one is none to the method: what was to be tried only would be done.
                if (name.equals("validateOnly") && values.contains("")) {
                    throw MusterException.invalidParameter(name, "", "true or false");
                }
                if (values.size() > 1) {
                    throw MusterException.invalidParameter(name, String.join(", ", values), "one value, found two");
                }
            });
        }
    }
}
