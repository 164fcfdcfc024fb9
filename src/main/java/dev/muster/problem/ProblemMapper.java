package dev.muster.problem;

import dev.muster.api.Problem;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Answers every exception of a REST call with a problem; a surprise is logged here, once, with its trace id. */
public class ProblemMapper {
    /** Where the trace id of the present request is kept for the log and for problems. */
    public static final String TRACE_ID = "traceId";

    private static final Logger LOG = Logger.getLogger(ProblemMapper.class);

    @ServerExceptionMapper({Throwable.class, WebApplicationException.class, NotFoundException.class})
    public Response map(Throwable thrown, UriInfo uri) {
        String traceId = (String) MDC.get(TRACE_ID);
        MusterException expected = Problems.expected(thrown).orElse(null);
        if (expected == null) {
            LOG.errorf(thrown, "Unexpected failure, trace %s", traceId);
        } else if (expected.getCause() != null) {
            LOG.warnf("%s: %s", expected.getMessage(), expected.getCause().getMessage());
        }
        Problem problem =
                Problems.problem(expected == null ? Problems.internal(traceId) : expected, uri.getPath(), traceId);
        Response.ResponseBuilder response = Response.status(problem.status())
                .type(MediaType.valueOf(Problems.MEDIA_TYPE))
                .entity(problem);
        if (problem.retryAfterSeconds() != null) {
            response.header("Retry-After", problem.retryAfterSeconds());
        }
        if (problem.status() == 401) {
            response.header("WWW-Authenticate", "Bearer realm=\"muster\"");
        }
        return response.build();
    }
}
