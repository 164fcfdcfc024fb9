package dev.muster.web;

import dev.muster.problem.Code;
import dev.muster.problem.Problems;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

/** Says in the OpenAPI document which problems each operation answers with, and by what callers are known. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class DocumentedProblems implements OASFilter {
    private static final String PROBLEM = "Problem";
    private static final String BEARER = "bearer";

    @Override
    public void filterOpenAPI(OpenAPI document) {
        Components components =
                document.getComponents() == null ? OASFactory.createComponents() : document.getComponents();
        components.addSchema(PROBLEM, problem());
        components.addSecurityScheme(
                BEARER,
                OASFactory.createSecurityScheme()
                        .type(SecurityScheme.Type.HTTP)
                        .scheme(BEARER)
                        .description("A token: the installation's own, a person's or a service's"));
        document.setComponents(components);
        document.setSecurity(List.of(OASFactory.createSecurityRequirement().addScheme(BEARER)));
        document.getPaths().getPathItems().forEach((path, item) -> item.getOperations()
                .forEach((method, operation) -> tell(operation, method)));
    }

    private static void tell(Operation operation, PathItem.HttpMethod method) {
        if (method == PathItem.HttpMethod.PUT && mayMake(operation)) {
            operation
                    .getResponses()
                    .addAPIResponse(
                            "201",
                            OASFactory.createAPIResponse()
                                    .description("Created")
                                    .content(operation
                                            .getResponses()
                                            .getAPIResponse("200")
                                            .getContent()));
        }
        Map<String, List<Code>> byStatus = codes(operation, method).stream()
                .collect(Collectors.groupingBy(
                        code -> Integer.toString(Problems.status(code)), TreeMap::new, Collectors.toList()));
        byStatus.forEach((status, codes) -> operation
                .getResponses()
                .addAPIResponse(
                        status,
                        response(codes.stream()
                                .map(code -> code.name() + ": " + code.title())
                                .collect(Collectors.joining("; ")))));
    }

    /** Whoever may say that there must be none yet may be the one who makes it. */
    private static boolean mayMake(Operation operation) {
        return operation.getParameters() != null
                && operation.getParameters().stream().anyMatch(each -> "If-None-Match".equals(each.getName()));
    }

    private static Set<Code> codes(Operation operation, PathItem.HttpMethod method) {
        Set<Code> codes = EnumSet.of(
                Code.INVALID_PARAMETER,
                Code.INVALID_PAGE_TOKEN,
                Code.UNAUTHENTICATED,
                Code.FORBIDDEN,
                Code.FOREIGN_ORIGIN,
                Code.NOT_FOUND,
                Code.NOT_ACCEPTABLE,
                Code.INVALID_STATE,
                Code.TOO_LARGE,
                Code.FOREIGN_HOST,
                Code.DATABASE_UNAVAILABLE,
                Code.CLUSTER_UNAVAILABLE);
        // Who asks too often is told by whichever code says so.
        Arrays.stream(Code.values())
                .filter(code -> Problems.status(code) == 429)
                .forEach(codes::add);
        if (operation.getRequestBody() != null) {
            codes.addAll(EnumSet.of(Code.MALFORMED, Code.UNKNOWN_FIELD, Code.UNSUPPORTED_MEDIA_TYPE, Code.VALIDATION));
        }
        if (method != PathItem.HttpMethod.GET) {
            codes.addAll(EnumSet.of(
                    Code.IN_USE,
                    Code.CONFLICT,
                    Code.VALIDATION,
                    Code.QUOTA_IMPOSSIBLE,
                    Code.PLACEMENT_IMPOSSIBLE,
                    Code.LOCKED_FIELD));
        }
        if (takes(operation, "If-Match")) {
            codes.addAll(EnumSet.of(Code.ETAG_MISMATCH, Code.ETAG_REQUIRED));
        }
        if (takes(operation, "Idempotency-Key")) {
            codes.add(Code.IDEMPOTENCY_KEY_REUSED);
        }
        return codes;
    }

    private static boolean takes(Operation operation, String header) {
        List<Parameter> parameters = operation.getParameters();
        return parameters != null && parameters.stream().anyMatch(one -> header.equals(one.getName()));
    }

    private static APIResponse response(String description) {
        Content content = OASFactory.createContent()
                .addMediaType(
                        Problems.MEDIA_TYPE,
                        OASFactory.createMediaType()
                                .schema(OASFactory.createSchema().ref("#/components/schemas/" + PROBLEM)));
        return OASFactory.createAPIResponse().description(description).content(content);
    }

    private static Schema problem() {
        Schema fault = object().addProperty("pointer", text())
                .addProperty("code", text())
                .addProperty("detail", text());
        return object().description("What went wrong, as RFC 9457 has it")
                .required(List.of("type", "title", "status", "code"))
                .addProperty("type", text())
                .addProperty("title", text())
                .addProperty("status", of(SchemaType.INTEGER))
                .addProperty("detail", text())
                .addProperty("instance", text())
                .addProperty(
                        "code",
                        text().enumeration(List.copyOf(
                                Arrays.stream(Code.values()).map(Code::name).toList())))
                .addProperty("errors", of(SchemaType.ARRAY).items(fault))
                .addProperty("hints", of(SchemaType.ARRAY).items(text()))
                .addProperty("retryAfterSeconds", of(SchemaType.INTEGER))
                .addProperty("traceId", text());
    }

    private static Schema object() {
        return of(SchemaType.OBJECT);
    }

    private static Schema text() {
        return of(SchemaType.STRING);
    }

    private static Schema of(SchemaType type) {
        return OASFactory.createSchema().addType(type);
    }
}
